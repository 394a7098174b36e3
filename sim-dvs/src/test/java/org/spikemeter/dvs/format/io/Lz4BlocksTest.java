package org.spikemeter.dvs.format.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lz4-java packs what is unpacked here; blocks that it cannot make are made by hand. */
final class Lz4BlocksTest {
    private static final byte UNTOUCHED = 0x55;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 11, 12, 13, 15, 16, 17, 31, 64, 255, 270, 271, 1009, 65535, 65536, 70001})
    void shouldUnpackWhatLz4JavaPacked(final int length) {
        final SplittableRandom random = new SplittableRandom(length);
        for (int alphabet : new int[] {1, 2, 7, 256}) {
            for (final LZ4Compressor compressor : new LZ4Compressor[] {
                LZ4Factory.safeInstance().fastCompressor(), LZ4Factory.safeInstance().highCompressor()}) {
                final byte[] plain = new byte[length];
                for (int i = 0; i < length; i++) {
                    plain[i] = i > 40 && random.nextInt(8) > 0 ? plain[i - 40 + random.nextInt(2)]
                        : (byte) random.nextInt(alphabet);
                }
                final byte[] packed = compressor.compress(plain);
                for (final int room : new int[] {0, 1, 7, 8, 16, 100}) {
                    assertArrayEquals(plain, unpack(packed, new byte[0], length, room),
                        () -> length + " bytes of " + alphabet + ", room " + room);
                }
            }
        }
    }

    @Test
    void shouldReachBackIntoWhatIsInFrontWhenThereIsAPrefix() {
        final byte[] prefix = new byte[65535];
        new SplittableRandom(3).nextBytes(prefix);
        // no literals, 4 + 15 + 3 bytes from 65535 back; then one literal
        final byte[] block = {0x0f, (byte) 0xff, (byte) 0xff, 3, 0x10, 'x'};
        final byte[] expected = Arrays.copyOf(prefix, 23);
        expected[22] = 'x';
        assertArrayEquals(expected, unpack(block, prefix, 23, 0));
        assertArrayEquals(expected, unpack(block, prefix, 23, 64));
    }

    @Test
    void shouldRepeatWhenAMatchReachesIntoItself() {
        final byte[] block = {0x3f, 'a', 'b', 'c', 3, 0, 10, 0x10, 'z'};
        final String expected = "abc".repeat(11).substring(0, 3 + 29) + "z";
        assertArrayEquals(expected.getBytes(), unpack(block, new byte[0], expected.length(), 0));
        assertArrayEquals(expected.getBytes(), unpack(block, new byte[0], expected.length(), 40));
    }

    @Test
    void shouldRefuseWhatIsNoBlock() {
        final byte[][] blocks = {
            {},                                              // not even a token
            {0x20, 'a'},                                     // a literal is missing
            {(byte) 0xf0},                                   // length of the literals is missing
            {(byte) 0xf0, (byte) 0xff, (byte) 0xff},         // and here its end
            {0x10, 'a', 1},                                  // half a distance
            {0x10, 'a', 0, 0, 0x10, 'b'},                    // distance 0
            {0x10, 'a', 2, 0, 0x10, 'b'},                    // in front of the start
            {0x10, 'a', 1, 0},                               // ends with a match
            {0x1f, 'a', 1, 0, (byte) 0xff, (byte) 0xff},     // length of the match is cut
            {0x1f, 'a', 1, 0, (byte) 200, 0x10, 'b'},        // longer than the room
        };
        for (final byte[] block : blocks) {
            final byte[] into = new byte[64];
            assertEquals(Lz4Blocks.REFUSED, Lz4Blocks.unpack(block, 0, block.length, into, 0, 0, 64),
                () -> Arrays.toString(block));
        }
    }

    /** Whatever the bytes: within the limits, and never another exception. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldStayWithinLimitsWhenBytesAreDamaged(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] plain = new byte[600];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) random.nextInt(1 + i / 100);
        }
        final byte[] good = LZ4Factory.safeInstance().fastCompressor().compress(plain);
        int refused = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            final byte[] bad = Arrays.copyOf(good, random.nextInt(2) == 0 ? good.length : random.nextInt(good.length));
            for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            final byte[] into = new byte[1000];
            Arrays.fill(into, UNTOUCHED);
            final int limit = 100 + random.nextInt(800);
            final int end = Lz4Blocks.unpack(bad, 0, bad.length, into, 50, 100, limit);
            assertTrue(end == Lz4Blocks.REFUSED || end >= 100 && end <= limit, "seed " + seed + ", trial " + trial);
            for (int i = 0; i < into.length; i++) {
                if (i < 100 || i >= limit) {
                    assertEquals(UNTOUCHED, into[i], "seed " + seed + ", trial " + trial + ", byte " + i);
                }
            }
            refused += end == Lz4Blocks.REFUSED ? 1 : 0;
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    private static byte[] unpack(final byte[] packed, final byte[] prefix, final int length, final int room) {
        final ByteArrayOutputStream around = new ByteArrayOutputStream();
        around.write(7);
        around.writeBytes(packed);
        around.write(7);
        final byte[] into = Arrays.copyOf(prefix, prefix.length + length + room);
        final int end = Lz4Blocks.unpack(
            around.toByteArray(), 1, 1 + packed.length, into, 0, prefix.length, into.length);
        assertEquals(prefix.length + length, end);
        return Arrays.copyOfRange(into, prefix.length, end);
    }
}
