package org.spikemeter.dvs;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Reference clips and golden results that were copied from the project's reference data. */
public final class Resources {
    private Resources() {
    }

    public static Path reference(final String name) {
        try {
            return Path.of(Resources.class.getResource("/reference/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
