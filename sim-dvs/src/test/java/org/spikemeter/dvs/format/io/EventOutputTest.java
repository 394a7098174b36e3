package org.spikemeter.dvs.format.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in every way, and over what is there, against an array. */
class EventOutputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldWriteAndPatch(final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final ByteBuffer expected = ByteBuffer.allocate(1 << 24).order(ByteOrder.LITTLE_ENDIAN);
        final Path file = Files.write(folder.resolve("file"), new byte[1 << 20]);
        try (EventOutput out = EventOutput.to(file, "target")) {
            assertTrue(out.isSeekable());
            for (int step = 0; step < 500; step++) {
                put(out, expected, random);
                assertEquals(expected.position(), out.offset(), "seed " + seed + ", step " + step);
            }
        }
        final byte[] written = Arrays.copyOf(expected.array(), expected.position());
        assertTrue(Arrays.equals(written, Files.readAllBytes(file)), "seed " + seed);
    }

    private static void put(final EventOutput out, final ByteBuffer expected, final SplittableRandom random)
        throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> {
                out.buffer(Long.BYTES).putLong(step(expected));
                expected.putLong(step(expected));
            }
            case 1 -> {
                out.put("text " + expected.position() + "\n");
                expected.put(("text " + expected.position() + "\n").getBytes());
            }
            case 2 -> {
                final byte[] bytes = new byte[random.nextInt(200_000)];
                random.nextBytes(bytes);
                final int from = random.nextInt(bytes.length + 1);
                final int length = random.nextInt(bytes.length - from + 1);
                out.put(bytes, from, length);
                expected.put(bytes, from, length);
            }
            case 3 -> {
                final byte[] bytes = new byte[random.nextInt(1000)];
                random.nextBytes(bytes);
                if (bytes.length <= expected.position()) {
                    final int at = random.nextInt(expected.position() - bytes.length + 1);
                    out.patch(at, bytes);
                    expected.put(at, bytes);
                }
            }
            default -> {
                final byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                out.put(bytes);
                expected.put(bytes);
            }
        }
    }

    private static long step(final ByteBuffer expected) {
        return 0x0102030405060708L * (expected.position() + 1);
    }

    @Test
    void shouldWriteToAStreamThatStaysOpenAndHasNoWayBack() throws IOException {
        final boolean[] closed = new boolean[1];
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        try (EventOutput out = EventOutput.to(bytes, "pipe")) {
            assertFalse(out.isSeekable());
            out.put("abc");
            out.put(new byte[100_000]);
            final FileSystemException refusal =
                assertThrows(FileSystemException.class, () -> out.patch(0, new byte[1]));
            assertEquals("pipe", refusal.getFile());
        }
        assertFalse(closed[0]);
        final byte[] expected = Arrays.copyOf(new byte[] {'a', 'b', 'c'}, 100_003);
        assertArrayEquals(expected, bytes.toByteArray());
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() throws IOException {
        final OutputStream full = new OutputStream() {
            @Override
            public void write(final int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        final EventOutput out = EventOutput.to(full, "events.es");
        out.put("abc");
        final IOException failure = assertThrows(IOException.class, out::close);
        assertEquals("events.es: cannot write (No space left on device)", failure.getMessage());
    }
}
