package org.spikemeter.runtime.live;

import java.util.List;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.network.Shape;

/**
 * What does not change during a live run.
 *
 * @param network name of the network
 * @param source where the events come from, for people
 * @param sensor area that the events lie in
 * @param layers the layers of neurons, in the network's order
 * @param output the neurons that vote
 * @param stages stages of the pipeline whose latency is measured, in the order of the stream
 */
public record LiveDescription(
    String network, String source, SensorSize sensor, List<NeuronLayer> layers, OutputNeurons output,
    List<String> stages) {
    /**
     * A layer of neurons.
     *
     * @param name its name in the network
     * @param shape its neurons
     */
    public record NeuronLayer(String name, Shape shape) {
        /** The map of spikes: summed over channels, or, in a layer without a grid, its neurons row by row. */
        public MapSize map() {
            final int columns = columns();
            return MapSize.of(columns, Math.ceilDiv(places(), columns), MapSize.MAX_LAYER_SIDE);
        }

        /** The cell of each neuron in {@link #map()}, by its address. */
        public int[] cells() {
            final MapSize map = map();
            final int columns = columns();
            final int neuronsAPlace = shape.size() / places();
            final int[] cells = new int[shape.size()];
            for (int address = 0; address < cells.length; address++) {
                final int place = address / neuronsAPlace;
                cells[address] = map.index(place % columns, place / columns);
            }
            return cells;
        }

        private int places() {
            return shape.pixels() > 1 ? shape.pixels() : shape.channels();
        }

        private int columns() {
            return shape.pixels() > 1 ? shape.width() : (int) Math.ceil(Math.sqrt(shape.channels()));
        }
    }

    /** Copies the lists. */
    public LiveDescription {
        layers = List.copyOf(layers);
        stages = List.copyOf(stages);
    }

    /** The maps of ON and OFF events. */
    public MapSize inputMap() {
        return MapSize.of(sensor.width(), sensor.height(), MapSize.MAX_INPUT_SIDE);
    }
}
