package org.spikemeter.dvs.format.prophesee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.FormatException;

/** What headers of RAW files say. */
class RawHeaderTest {
    @TempDir
    private Path folder;

    private static RawHeader header(final String text) {
        return RawHeader.of(fields(text));
    }

    private static HeaderFields fields(final String text) {
        return HeaderFields.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldReadNewAndOldLines() {
        assertEquals(new RawHeader(Optional.of(Evt.EVT3), Optional.of(Words.HD), false),
            header("% date x\n% format EVT3;height=720;width=1280\n% end\n"));
        assertEquals(new RawHeader(Optional.of(Evt.EVT2), Optional.of(new SensorSize(640, 480)), false),
            header("% evt 2.0\r\n% geometry 640x480\r\n"));
        assertEquals(new RawHeader(Optional.empty(), Optional.empty(), false), header(""));
        assertEquals(new RawHeader(Optional.empty(), Optional.empty(), false), header("% format ;\n% evt\n"));
        assertEquals(Optional.empty(), header("% format HISTO3D;height=720;width=1280\n% system_ID 49\n").evt());
    }

    /** The systems of the two sample files, and one that no table knows. */
    @Test
    void shouldTakeSizeFromSystem() {
        assertEquals(Optional.of(new SensorSize(640, 480)), header("% system_ID 21\n% evt 2.0\n").size());
        assertEquals(Optional.of(Words.HD), header("% system_ID 48\n% evt 3.0\n").size());
        assertEquals(Optional.of(Evt.EVT3), header("% system_ID 49\n").evt());
        assertEquals(Optional.empty(), header("% system_ID 4711\n% evt 3.0\n").size());
        assertEquals(Optional.empty(), header("% integrator_name Other\n% system_ID 48\n% evt 3.0\n").size());
    }

    @ParameterizedTest
    @CsvSource({
        "'% format EVT21;endianness=legacy;height=4;width=4', true",
        "'% format EVT21;endianness=little;height=4;width=4', false",
        "'% evt 2.1\n% endianness legacy', true",
        "'% evt 2.1\n% system_ID 49', true",
        "'% evt 2.1\n% system_ID 49\n% endianness little', false",
        "'% evt 2.1\n% system_ID 55', false",
        "'% evt 2.1\n% system_ID 49\n% camera_integrator_name Other', false",
        "'% evt 2.1', false"
    })
    void shouldKnowOrderOfHalves(final String text, final boolean legacy) {
        final RawHeader header = header(text + "\n");
        assertEquals(Optional.of(Evt.EVT21), header.evt());
        assertEquals(legacy, header.legacy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"% format EVT3;height=0;width=1280", "% format EVT3;height=99999999999;width=1",
        "% format EVT3;width=5", "% evt 3.0\n% geometry 12", "% evt 3.0\n% geometry 40000x1", "% evt 3.0\n% geometry"})
    void shouldHaveNoSizeWhenItIsNone(final String text) {
        assertEquals(new RawHeader(Optional.of(Evt.EVT3), Optional.empty(), false), header(text + "\n"));
    }

    @Test
    void shouldEndBeforeWords() {
        assertEquals("% evt 3.0\n".length(), fields("% evt 3.0\n%\0% evt 2.0\n").bytes());
        assertEquals("% evt 3.0\n".length(), fields("% evt 3.0\n% \1\2\n").bytes());
        assertEquals("% evt 3.0\n% end\n".length(), fields("% evt 3.0\n% end\n% evt 2.0\n").bytes());
        assertEquals(0, fields("% evt 3.0").bytes());
        assertEquals(0, fields("% ").bytes());
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatItWrites(final Evt evt) {
        for (final boolean legacy : List.of(false, true)) {
            final RawHeader header =
                new RawHeader(Optional.of(evt), Optional.of(new SensorSize(346, 260)), legacy && evt == Evt.EVT21);
            assertEquals(header, header(header.text()));
        }
        assertEquals(Optional.empty(), header(new RawHeader(Optional.of(evt), Optional.empty(), false).text()).size());
    }

    @Test
    void shouldTakeTheFormatThatFits() throws IOException {
        final Path file = folder.resolve("a.raw");
        Files.writeString(file, "% evt 2.0\n");
        assertEquals("evt2", EventFormats.recognise(file).orElseThrow().name());
        final FormatException refusal = assertThrows(FormatException.class,
            () -> RawFormat.evt3().open(file, Optional.empty()));
        assertEquals(file + ": byte 0: found a header of EVT 2, expected EVT 3", refusal.getMessage());
        assertEquals("evt3", EventFormats.byEnding(file).format().name());
        Files.writeString(file, "% something else\n");
        assertFalse(RawFormat.evt2().recognises(Files.readAllBytes(file), file));
        assertTrue(RawFormat.evt2().open(file, Optional.empty()).warnings().isEmpty());
    }

    @Test
    void shouldRefuseHeaderWithoutEnd() throws IOException {
        final Path file = folder.resolve("a.raw");
        Files.writeString(file, "% evt 3.0\n".repeat(100_000));
        assertEquals(file + ": byte 0: found a header of more than 16384 bytes, expected the end of it",
            assertThrows(FormatException.class, () -> EventFormats.open(file)).getMessage());
    }

    @Test
    void shouldRefuseSensorThatIsTooLarge() {
        assertThrows(IllegalArgumentException.class, () -> Words.written(RawFormat.evt3(),
            Optional.of(new SensorSize(2049, 1)), Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> Words.written(new DatFormat(),
            Optional.of(new SensorSize(1, 16385)), Optional.empty()));
    }
}
