package org.spikemeter.runtime.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.network.Shape;

class MapSizeTest {
    @ParameterizedTest
    @CsvSource({"128,128,400,128,128,1", "346,260,400,346,260,1", "640,480,400,320,240,2", "1280,720,400,320,180,4",
        "400,1,400,400,1,1", "401,1,400,201,1,2", "126,126,64,63,63,2", "64,64,64,64,64,1", "65,64,64,33,32,2",
        "1,1,64,1,1,1"})
    void shouldTakeTheSmallestCellsThatFit(
        final int areaWidth, final int areaHeight, final int side, final int width, final int height, final int cell) {
        assertEquals(new MapSize(width, height, cell), MapSize.of(areaWidth, areaHeight, side));
    }

    @ParameterizedTest
    @CsvSource({"346,260,64", "65,3,64", "7,129,64", "1280,720,400"})
    void shouldPutEveryPixelIntoItsCell(final int areaWidth, final int areaHeight, final int side) {
        final MapSize map = MapSize.of(areaWidth, areaHeight, side);
        final int[] pixels = new int[map.cells()];
        for (int y = 0; y < areaHeight; y++) {
            for (int x = 0; x < areaWidth; x++) {
                pixels[map.index(x, y)]++;
            }
        }
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                final int across = Math.min(map.cell(), areaWidth - column * map.cell());
                final int down = Math.min(map.cell(), areaHeight - row * map.cell());
                assertTrue(across > 0 && down > 0);
                assertEquals(across * down, pixels[row * map.width() + column]);
            }
        }
    }

    @Test
    void shouldStayAt255WhenCountingOn() {
        final byte[] map = new byte[3];
        for (int i = 1; i <= 600; i++) {
            MapSize.count(map, 1);
            assertEquals(Math.min(i, 255), map[1] & 0xFF);
        }
        assertEquals(0, map[0] | map[2]);
    }

    @Test
    void shouldRefuseMapsWithoutCells() {
        assertThrows(IllegalArgumentException.class, () -> new MapSize(0, 1, 1));
    }

    @Test
    void shouldSumChannelsOfAGrid() {
        final LiveDescription.NeuronLayer layer = new LiveDescription.NeuronLayer("grid", new Shape(100, 70, 3));
        final int[] cells = layer.cells();
        assertEquals(new MapSize(35, 50, 2), layer.map());
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 70; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertEquals(y / 2 * 35 + x / 2, cells[layer.shape().address(y, x, channel)]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,2,1", "20,5,4", "128,12,11", "4096,64,64"})
    void shouldLayOutALayerWithoutGridInRows(final int neurons, final int width, final int height) {
        final LiveDescription.NeuronLayer layer = new LiveDescription.NeuronLayer("flat", Shape.flat(neurons));
        assertEquals(new MapSize(width, height, 1), layer.map());
        final int[] cells = layer.cells();
        for (int neuron = 0; neuron < neurons; neuron++) {
            assertEquals(neuron, cells[neuron]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 254, 255, 256, 1000, Integer.MAX_VALUE})
    void shouldCountSeveralAsOneByOne(final int times) {
        final byte[] several = {0, 5};
        MapSize.count(several, 1, times);
        final byte[] one = {0, 5};
        for (int i = 0; i < Math.min(times, 1000); i++) {
            MapSize.count(one, 1);
        }
        assertArrayEquals(one, several);
    }
}
