package org.spikemeter.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
    private static final List<String> PAGE = List.of("before", "<!-- bench layer -->", "old", "older",
        "<!-- /bench -->", "between", "<!-- bench ring -->", "kept", "<!-- /bench -->", "after");

    @Test
    void shouldReplaceBlocksThatThereAre() {
        assertEquals(List.of("before", "<!-- bench layer -->", "new", "<!-- /bench -->", "between",
            "<!-- bench ring -->", "kept", "<!-- /bench -->", "after"),
            PerformancePage.fill(PAGE, Map.of("layer", List.of("new"))));
    }

    @Test
    void shouldRefuseBlockWithoutEnd() {
        assertThrows(IllegalArgumentException.class,
            () -> PerformancePage.fill(PAGE.subList(0, 4), Map.of("layer", List.of("new"))));
    }

    @Test
    void shouldKnowEveryBlockOfThePage() throws IOException {
        final List<String> page = Files.readAllLines(Path.of("..", "docs", "performance.md"));
        final List<String> known = Stream.of(Subject.values())
            .flatMap(subject -> Stream.of(subject.title(), subject.title() + "-rate")).toList();
        for (final String line : page) {
            if (line.startsWith("<!-- bench ")) {
                final String name = line.substring("<!-- bench ".length(), line.length() - " -->".length());
                assertTrue(name.equals("machine") || known.contains(name), name);
            }
        }
        assertEquals(page, PerformancePage.fill(page, Map.of()));
    }
}
