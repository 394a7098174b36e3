package org.spikemeter.engine.aer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.RandomInputs;
import org.spikemeter.engine.network.Shape;

class EventGridTest {
    private static void assertSame(final StepEvents expected, final StepEvents found) {
        assertEquals(expected.size(), found.size());
        assertEquals(expected.isUnit(), found.isUnit());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.address(i), found.address(i));
            assertEquals(expected.value(i), found.value(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,1,33", "1,17,1", "13,1,1", "7,5,3", "3,16,2", "2,31,17", "5,9,16"})
    void shouldGiveBackWhatWasLoaded(final int height, final int width, final int channels) {
        final Random random = new Random(17);
        final Shape shape = new Shape(height, width, channels);
        final EventGrid grid = new EventGrid(shape, true);
        final StepEvents stored = new StepEvents(shape);
        for (final double density : new double[] {0.0, 0.01, 0.3, 1.0, 0.3, 0.0}) {
            for (final boolean valued : new boolean[] {true, false}) {
                final StepEvents events = RandomInputs.events(random, shape, density, valued);
                grid.load(events);
                assertEquals(events.size(), grid.size());
                grid.store(stored);
                assertSame(events, stored);
                assertPixels(grid, RandomInputs.dense(events));
                final float[] dense = new float[shape.size()];
                grid.expand(dense);
                assertArrayEquals(RandomInputs.dense(events), dense);
                grid.erase(dense);
                assertArrayEquals(new float[shape.size()], dense);
            }
        }
        grid.clear();
        assertEquals(0, grid.size());
        assertTrue(grid.isUnit());
    }

    /** Every pixel's range holds its channels with events, ascending; ranges follow each other in a row. */
    private static void assertPixels(final EventGrid grid, final float[] dense) {
        final Shape shape = grid.shape();
        for (int y = 0; y < shape.height(); y++) {
            int place = y * grid.rowCapacity();
            assertEquals(place, grid.rowStart(y));
            for (int x = 0; x < shape.width(); x++) {
                assertEquals(place, grid.pixelStart()[y * (shape.width() + 1) + x]);
                for (int c = 0; c < shape.channels(); c++) {
                    final float value = dense[shape.address(y, x, c)];
                    if (value != 0.0f) {
                        assertEquals(x * shape.channels() + c, grid.keys()[place]);
                        assertEquals(value, grid.isUnit() ? 1.0f : grid.values()[place]);
                        place++;
                    }
                }
            }
            assertEquals(place, grid.pixelStart()[y * (shape.width() + 1) + shape.width()]);
            assertEquals(place, grid.rowEnd(y));
            assertEquals(place == grid.rowStart(y), grid.isEmpty(y));
            assertOccupied(grid, dense, y);
        }
    }

    /** One bit for each pixel that has any event, and none behind the row's last pixel. */
    private static void assertOccupied(final EventGrid grid, final float[] dense, final int y) {
        final Shape shape = grid.shape();
        assertEquals((shape.width() + 63) / 64, grid.words());
        for (int x = 0; x < 64 * grid.words(); x++) {
            boolean expected = false;
            for (int c = 0; x < shape.width() && c < shape.channels(); c++) {
                expected |= dense[shape.address(y, x, c)] != 0.0f;
            }
            final boolean found = (grid.occupied()[y * grid.words() + x / 64] >>> x % 64 & 1) != 0;
            if (expected != found) {
                fail(shape + ", row " + y + ", pixel " + x + ": occupied is " + found);
            }
        }
    }

    @Test
    void shouldLeaveRoomForAVectorBehindTheFullestRow() {
        final EventGrid grid = new EventGrid(new Shape(3, 5, 7), false);
        assertTrue(grid.rowCapacity() >= 5 * 7 + EventGrid.SLACK);
        assertEquals(3 * grid.rowCapacity(), grid.keys().length);
        assertNull(grid.values());
    }

    @Test
    void shouldSayOneForEveryValueWhereEventsAreUnit() {
        final Shape shape = new Shape(2, 3, 2);
        final EventGrid grid = new EventGrid(shape, true);
        final StepEvents events = new StepEvents(shape);
        events.add(1, 5.0f);
        events.add(11, -2.0f);
        grid.load(events);
        assertFalse(grid.isUnit());
        grid.setUnit(true);
        final StepEvents stored = new StepEvents(shape);
        grid.store(stored);
        assertEquals(1.0f, stored.value(0));
        assertEquals(1.0f, stored.value(1));
    }

    @Test
    void shouldNotDependOnWhoFillsTheRows() throws InterruptedException {
        final Random random = new Random(23);
        final Shape shape = new Shape(37, 11, 5);
        final StepEvents events = RandomInputs.events(random, shape, 0.4, true);
        final float[] dense = RandomInputs.dense(events);
        final EventGrid grid = new EventGrid(shape, true);
        grid.setUnit(false);
        final Thread[] threads = new Thread[3];
        for (int t = 0; t < threads.length; t++) {
            final int first = t;
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int y = first; y < shape.height(); y += threads.length) {
                    fillRow(grid, dense, y);
                }
            });
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        final StepEvents stored = new StepEvents(shape);
        grid.store(stored);
        assertSame(events, stored);
        assertPixels(grid, dense);
    }

    /** Rows are replaced in each way that there is, and in between the whole grid. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldHoldItsIndexWhateverWasDoneBefore(final long seed) {
        final Random random = new Random(seed);
        for (int channels = 1; channels <= 100; channels++) {
            final int width = random.nextInt(4) == 0 ? 62 + random.nextInt(5) : 1 + random.nextInt(140);
            replaceRows(random, new Shape(2, width, channels), 12);
        }
    }

    /** Grids with keys so great, or channels so many, that a product with an inverse hardly gives the pixel, or not. */
    @ParameterizedTest
    @CsvSource({"1, 65535", "1, 65536", "1, 70000", "3, 65536", "9, 32768", "63, 8192", "64, 8192", "70, 8192",
        "256, 4095", "256, 4096", "257, 4097", "4194303, 1", "1048577, 2", "466033, 3", "331, 3607"})
    void shouldIndexGreatKeys(final int width, final int channels) {
        replaceRows(new Random(channels), new Shape(1, width, channels), 5);
    }

    private static void replaceRows(final Random random, final Shape shape, final int times) {
        final int rowSize = shape.width() * shape.channels();
        final double[] densities = {0.0, 2.0 / rowSize, 0.02, 0.4, 1.0};
        final EventGrid grid = new EventGrid(shape, true);
        float[] dense = new float[shape.size()];
        for (int i = 0; i < times; i++) {
            final double density = densities[random.nextInt(densities.length)];
            final StepEvents events = RandomInputs.events(random, shape, density, grid.size() > 0 && !grid.isUnit());
            final int y = random.nextInt(shape.height());
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    grid.load(events);
                    dense = RandomInputs.dense(events);
                }
                case 2, 3 -> {
                    final float[] row = RandomInputs.dense(events);
                    System.arraycopy(row, y * rowSize, dense, y * rowSize, rowSize);
                    if (random.nextBoolean()) {
                        fillRow(grid, dense, y);
                    } else {
                        fillPieces(random, grid, dense, y);
                    }
                }
                case 4 -> {
                    Arrays.fill(dense, y * rowSize, (y + 1) * rowSize, 0.0f);
                    grid.emptyRow(y);
                }
                default -> {
                    Arrays.fill(dense, 0.0f);
                    grid.clear();
                }
            }
            assertPixels(grid, dense);
        }
    }

    /** As rows of neurons do: some pixels, then the next, and at last the row is ended. */
    private static void fillPieces(final Random random, final EventGrid grid, final float[] dense, final int y) {
        final Shape shape = grid.shape();
        final int first = shape.address(y, 0, 0);
        int place = grid.rowStart(y);
        int x = 0;
        while (x < shape.width()) {
            final int toX = Math.min(shape.width(), x + 1 + random.nextInt(1 + random.nextInt(shape.width())));
            final int from = place;
            for (int key = x * shape.channels(); key < toX * shape.channels(); key++) {
                if (dense[first + key] != 0.0f) {
                    grid.keys()[place] = key;
                    grid.values()[place] = dense[first + key];
                    place++;
                }
            }
            grid.indexPixels(y, x, toX, from, place);
            x = toX;
        }
        grid.endRow(y, place);
    }

    private static void fillRow(final EventGrid grid, final float[] dense, final int y) {
        final int rowSize = grid.shape().width() * grid.shape().channels();
        int place = grid.rowStart(y);
        for (int key = 0; key < rowSize; key++) {
            if (dense[y * rowSize + key] != 0.0f) {
                grid.keys()[place] = key;
                grid.values()[place] = dense[y * rowSize + key];
                place++;
            }
        }
        grid.indexRow(y, place);
    }

    @Test
    void shouldRefuseGridWhosePlacesNoArrayHolds() {
        final Shape narrow = new Shape(Shape.MAX_SIZE, 1, 1);
        assertEquals("a grid of 1 x 268435456 x 1 needs 4563402752 places for its events",
            assertThrows(IllegalArgumentException.class, () -> new EventGrid(narrow, false)).getMessage());
    }
}
