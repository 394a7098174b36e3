package org.spikemeter.dvs.format.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.FormatException;

/** The window against the bytes themselves: which ones are in it, wherever its borders fall. */
class EventInputTest {
    private static final int WINDOW_BYTES = 1 << 16;

    @TempDir
    private Path folder;

    private static byte[] random(final long seed, final int length) {
        final byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private Path file(final byte[] bytes) throws IOException {
        return Files.write(folder.resolve("bytes"), bytes);
    }

    /** Gives a few bytes at a time, and passes none at all where it is asked to. */
    private static InputStream hesitant(final byte[] bytes, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(final byte[] into, final int from, final int length) {
                return super.read(into, from, length == 0 ? 0 : random.nextInt(1, length + 1));
            }

            @Override
            public synchronized long skip(final long bytes) {
                return super.skip(random.nextInt(4) == 0 ? 0 : random.nextLong(1, bytes + 1));
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 4099", "4, 65535", "5, 65536", "6, 65537", "7, 131072", "8, 1000003"})
    void shouldHaveTheBytesOfTheFileInTheWindow(final long seed, final int length) throws IOException {
        final byte[] bytes = random(seed, length);
        try (EventInput in = EventInput.open(file(bytes))) {
            walk(in, bytes, seed, true);
        }
        try (EventInput in = EventInput.of("stream", hesitant(bytes, seed))) {
            walk(in, bytes, seed, false);
        }
    }

    /** Goes on by chance until the end, and compares each time. */
    private static void walk(final EventInput in, final byte[] bytes, final long seed, final boolean isFile)
        throws IOException {
        final SplittableRandom random = new SplittableRandom(-seed);
        int at = 0;
        int steps = 0;
        while (at < bytes.length || steps < 3) {
            final String step = "seed " + seed + ", " + (isFile ? "file" : "stream") + ", step " + steps + " at " + at;
            final int asked = step(random);
            final int left = bytes.length - at;
            switch (random.nextInt(3)) {
                case 0 -> {
                    assertEquals(asked <= left, in.ensure(asked), step);
                    final int there = in.limit() - in.at();
                    assertTrue(there >= Math.min(asked, left) && there <= left, step);
                    assertTrue(Arrays.equals(in.array(), in.at(), in.limit(), bytes, at, at + there), step);
                    final int passed = random.nextInt(there + 1);
                    in.advance(passed);
                    at += passed;
                }
                case 1 -> {
                    final boolean skipped = in.skip(asked);
                    assertEquals(asked <= left, skipped, step);
                    if (!skipped) {
                        assertFalse(in.ensure(1), step);
                        return;
                    }
                    at += asked;
                }
                default -> {
                    if (asked <= left) {
                        assertArrayEquals(Arrays.copyOfRange(bytes, at, at + asked), in.take(asked, step), step);
                        at += asked;
                    } else {
                        final String message =
                            assertThrows(FormatException.class, () -> in.take(asked, "a table"), step).getMessage();
                        assertTrue(message.startsWith(in.name() + ": byte " + at + ": a table needs " + asked
                            + " bytes, found " + left), message);
                    }
                }
            }
            assertEquals(at, in.offset(), step);
            assertEquals(isFile ? bytes.length - at : -1, in.remaining(), step);
            assertEquals(isFile ? bytes.length == 0 ? 1.0 : (double) at / bytes.length : Double.NaN, in.progress(),
                step);
            steps++;
        }
        assertFalse(in.ensure(1));
    }

    /** Mostly few bytes, now and then about a window or more. */
    private static int step(final SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> WINDOW_BYTES + random.nextInt(-2, 3);
            case 2 -> random.nextInt(3 * WINDOW_BYTES);
            case 3 -> random.nextInt(WINDOW_BYTES);
            default -> random.nextInt(10);
        };
    }

    @Test
    void shouldTakeNoMemoryForBytesThatTheFileHasNot() throws IOException {
        final byte[] bytes = random(9, 3 * WINDOW_BYTES);
        try (EventInput in = EventInput.open(file(bytes))) {
            in.skip(5);
            assertFalse(in.ensure(Integer.MAX_VALUE));
            assertEquals(bytes.length - 5, in.limit() - in.at());
            assertTrue(Arrays.equals(in.array(), in.at(), in.limit(), bytes, 5, bytes.length));
            assertThrows(FormatException.class, () -> in.take(Integer.MAX_VALUE, "a table"));
            assertTrue(in.array().length <= bytes.length + 1, in.array().length + " bytes");
        }
    }

    @Test
    void shouldRefuseToPassMoreThanIsInTheWindow() throws IOException {
        try (EventInput in = EventInput.open(file(new byte[10]))) {
            assertTrue(in.ensure(10));
            assertThrows(IllegalArgumentException.class, () -> in.advance(11));
            assertThrows(IllegalArgumentException.class, () -> in.advance(-1));
            in.advance(10);
            assertEquals(10, in.offset());
        }
    }

    @Test
    void shouldReadNumbersFromTheLowestByteUp() {
        final byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        assertEquals((short) 0x0201, (short) EventInput.SHORT.get(bytes, 1));
        assertEquals(0x04030201, (int) EventInput.INT.get(bytes, 1));
        assertEquals(0x0807060504030201L, (long) EventInput.LONG.get(bytes, 1));
    }

    @Test
    void shouldNameWhatIsNoFile() {
        final Path missing = folder.resolve("missing");
        assertEquals(missing.toString(),
            assertThrows(NoSuchFileException.class, () -> EventInput.open(missing)).getMessage());
        final String message = assertThrows(FileSystemException.class, () -> EventInput.open(folder)).getMessage();
        assertTrue(message.startsWith(folder + ": this is a folder"), message);
    }
}
