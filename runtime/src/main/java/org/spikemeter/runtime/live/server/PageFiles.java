package org.spikemeter.runtime.live.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of the page, read once from beside this class. There are no others: no path leads to a file system. */
final class PageFiles {
    /**
     * A file of the page.
     *
     * @param type its media type
     * @param bytes what it holds
     */
    record PageFile(String type, byte[] bytes) {}

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final List<String> SCRIPTS =
        List.of("live.js", "stream.js", "pictures.js", "controls.js", "figures.js");

    private PageFiles() {
    }

    /** The files by their paths. */
    static Map<String, PageFile> load() throws IOException {
        final Map<String, PageFile> files = new HashMap<>();
        files.put("/", read("live.html", "text/html; charset=utf-8"));
        files.put("/live.css", read("live.css", "text/css; charset=utf-8"));
        files.put("/icon.svg", read("icon.svg", "image/svg+xml"));
        for (final String script : SCRIPTS) {
            files.put("/" + script, read(script, SCRIPT));
        }
        return Map.copyOf(files);
    }

    private static PageFile read(final String name, final String type) throws IOException {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            return new PageFile(type, in.readAllBytes());
        }
    }
}
