package org.spikemeter.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Param;

class BenchSetTest {
    @ParameterizedTest
    @EnumSource
    void shouldGiveEveryParameterOfEveryBenchmark(final BenchSet set) {
        for (final Selection selection : set.selections(true)) {
            final Set<String> parameters = Stream.of(selection.subject().benchmark().getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Param.class)).map(Field::getName)
                .collect(Collectors.toSet());
            assertEquals(parameters, selection.parameters().keySet(), selection.subject().title());
            assertTrue(parameters.contains(selection.subject().column()), selection.subject().title());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveEverySubject(final BenchSet set) {
        assertEquals(Set.of(Subject.values()),
            set.selections(true).stream().map(Selection::subject).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeItsTime(final BenchSet set) {
        // as they are written down, times add up to about what is promised
        assertEquals(1.0, BenchSet.factor(set.selections(true), set.minutes()), 0.5);
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoWithoutCompiler(final BenchSet set) {
        for (final Selection selection : set.selections(false)) {
            final List<Map<String, String>> combinations = selection.combinations();
            assertFalse(combinations.isEmpty(), selection.subject().title());
            assertTrue(combinations.stream().noneMatch(each -> "C".equals(each.get("contender"))));
        }
    }
}
