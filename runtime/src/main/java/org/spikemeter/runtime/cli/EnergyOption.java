package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.energy.PriceFile;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code --energy}: the name of a price model, or a file with one. */
final class EnergyOption {
    /** For the help. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(PriceModels.all().stream().map(PriceModel::name).toList());
        }
    }

    private EnergyOption() {
    }

    /** Whatever looks like a file is one; a name that is none is a wrong usage. */
    static PriceModel model(final CommandLine command, final String nameOrFile) throws IOException {
        final List<String> names = new Names();
        if (!names.contains(nameOrFile) && (nameOrFile.endsWith(".json") || nameOrFile.contains("/"))) {
            return PriceFile.read(Path.of(nameOrFile));
        }
        try {
            return PriceModels.byName(nameOrFile);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(command, "--energy: " + e.getMessage() + ", or a file (.json)", e);
        }
    }
}
