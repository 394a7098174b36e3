package org.spikemeter.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultPageTest {
    private static final List<String> PAGE = List.of("before", "<!-- bench layer -->", "old", "older",
        "<!-- /bench -->", "between", "<!-- bench ring -->", "kept", "<!-- /bench -->", "after");

    @Test
    void shouldReplaceBlocksThatThereAre() {
        assertEquals(List.of("before", "<!-- bench layer -->", "new", "<!-- /bench -->", "between",
            "<!-- bench ring -->", "kept", "<!-- /bench -->", "after"),
            ResultPage.fill(PAGE, Map.of("layer", List.of("new"))));
    }

    @Test
    void shouldRefuseBlockWithoutEnd() {
        assertThrows(IllegalArgumentException.class,
            () -> ResultPage.fill(PAGE.subList(0, 4), Map.of("layer", List.of("new"))));
    }

    @Test
    void shouldKnowEveryBlockOfThePages() throws IOException {
        final List<String> subjects = Stream.of(Subject.values())
            .flatMap(subject -> Stream.of(subject.title(), subject.title() + "-rate")).toList();
        requireBlocks("performance.md", subjects);
        requireBlocks("pipeline.md", new LatencyReport(new MachineFacts(Map.of()), List.of()).blocks().keySet());
    }

    private static void requireBlocks(final String name, final Collection<String> known) throws IOException {
        final List<String> page = Files.readAllLines(Path.of("..", "docs", name));
        final List<String> blocks = page.stream().filter(line -> line.startsWith("<!-- bench "))
            .map(line -> line.substring("<!-- bench ".length(), line.length() - " -->".length())).toList();
        assertTrue(blocks.size() > 1, name + " has blocks");
        blocks.forEach(block -> assertTrue(block.equals("machine") || known.contains(block), block));
        assertEquals(page, ResultPage.fill(page, Map.of()));
    }
}
