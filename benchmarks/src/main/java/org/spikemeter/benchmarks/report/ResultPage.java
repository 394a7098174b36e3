package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page in Markdown with blocks for results: what stands between a line {@code <!-- bench NAME -->} and the next line
 * {@code <!-- /bench -->} is replaced.
 */
final class ResultPage {
    private static final String OPEN = "<!-- bench ";
    private static final String CLOSE = "<!-- /bench -->";
    private static final String END = " -->";

    private ResultPage() {
    }

    /**
     * Fills a page.
     *
     * @param page lines of the page
     * @param blocks lines of each block; a block that is not here stays as it is
     * @throws IllegalArgumentException naming the block that does not end
     */
    static List<String> fill(final List<String> page, final Map<String, List<String>> blocks) {
        final List<String> filled = new ArrayList<>();
        int line = 0;
        while (line < page.size()) {
            final String text = page.get(line);
            filled.add(text);
            line++;
            if (text.startsWith(OPEN)) {
                final String name = text.substring(OPEN.length(), text.length() - END.length());
                final int length = page.subList(line, page.size()).indexOf(CLOSE);
                if (length < 0) {
                    throw new IllegalArgumentException("block '" + name + "' of the page: expected a line " + CLOSE
                        + " behind line " + line);
                }
                filled.addAll(blocks.getOrDefault(name, page.subList(line, line + length)));
                line += length;
            }
        }
        return filled;
    }
}
