package org.spikemeter.dvs.format.aedat4;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.spikemeter.dvs.event.SensorSize;

/**
 * What streams a file holds, as XML: nodes that have a name, and attributes of theirs. The node {@code outInfo} has a
 * node for each stream, named by its number, with the attribute {@code typeIdentifier}; in it {@code info} with
 * {@code sizeX} and {@code sizeY}. Read without document types and entities, so that nothing is fetched or unfolded.
 */
final class InfoNode {
    private static final String STREAMS = "outInfo";
    private static final int MAX_DEPTH = 64;

    private InfoNode() {
    }

    /**
     * A stream.
     *
     * @param number that its packets begin with
     * @param type {@code EVTS}, {@code FRME}, ...; empty where it is not said
     * @param size of the sensor
     */
    record Stream(int number, String type, Optional<SensorSize> size) {
    }

    /** The streams, in their order; those in front of a fault, where the text is damaged. */
    static List<Stream> streams(final String xml, final List<String> faults) {
        final Parser parser = new Parser();
        try {
            parser.parse(xml);
        } catch (final XMLStreamException damaged) {
            faults.add(damaged.getMessage());
        }
        parser.endStream();
        return parser.streams;
    }

    /** The text for one stream of events, with the nodes and attributes that DV writes. */
    static String write(final SensorSize size, final Codec codec) {
        return """
            <dv version="2.0">
                <node name="outInfo" path="/mainloop/Recorder/outInfo/">
                    <node name="0" path="/mainloop/Recorder/outInfo/0/">
                        <attr key="compression" type="string">%s</attr>
                        <attr key="originalModuleName" type="string">spikemeter</attr>
                        <attr key="originalOutputName" type="string">events</attr>
                        <attr key="typeDescription" type="string">Array of events (polarity ON/OFF).</attr>
                        <attr key="typeIdentifier" type="string">%s</attr>
                        <node name="info" path="/mainloop/Recorder/outInfo/0/info/">
                            <attr key="sizeX" type="int">%d</attr>
                            <attr key="sizeY" type="int">%d</attr>
                            <attr key="source" type="string">spikemeter</attr>
                        </node>
                    </node>
                </node>
            </dv>
            """.formatted(codec.name(), Aedat4Format.EVENTS, size.width(), size.height());
    }

    private static final class Parser {
        private final List<Stream> streams = new ArrayList<>();
        private final Deque<String> names = new ArrayDeque<>();
        private Integer number;
        private String type = "";
        private long width;
        private long height;

        void parse(final String xml) throws XMLStreamException {
            final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            final XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                final int what = reader.next();
                if (what == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("node")) {
                    begin(String.valueOf(reader.getAttributeValue(null, "name")));
                } else if (what == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("attr")) {
                    attribute(String.valueOf(reader.getAttributeValue(null, "key")), reader.getElementText());
                } else if (what == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("node")) {
                    end();
                }
            }
        }

        private void begin(final String name) throws XMLStreamException {
            if (names.size() == MAX_DEPTH) {
                throw new XMLStreamException("nodes in nodes, more than " + MAX_DEPTH);
            }
            if (STREAMS.equals(names.peek())) {
                number = number(name);
            }
            names.push(name);
        }

        private void end() {
            names.poll();
            if (STREAMS.equals(names.peek())) {
                endStream();
            }
        }

        private void endStream() {
            if (number != null) {
                streams.add(new Stream(number, type, SensorSize.of(width, height)));
            }
            number = null;
            type = "";
            width = 0;
            height = 0;
        }

        private void attribute(final String key, final String value) {
            switch (key) {
                case "typeIdentifier" -> type = value.strip();
                case "sizeX" -> width = side(value);
                case "sizeY" -> height = side(value);
                default -> {
                    // says nothing about streams that is needed
                }
            }
        }

        private static Integer number(final String text) {
            try {
                return Integer.valueOf(text.strip());
            } catch (final NumberFormatException notOne) {
                return null;
            }
        }

        private static long side(final String text) {
            final Integer side = number(text);
            return side == null ? 0 : side;
        }
    }
}
