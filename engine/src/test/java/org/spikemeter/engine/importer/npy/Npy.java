package org.spikemeter.engine.importer.npy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files made by hand, and those that NumPy made. */
final class Npy {
    private Npy() {
    }

    /** A file made by {@code make_golden.py}. */
    static Path golden(final String name) {
        try {
            return Path.of(Npy.class.getResource("/npy/" + name).toURI());
        } catch (final URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A file of {@code version} whose header is {@code text} as it stands. */
    static byte[] file(final int version, final String text, final byte[] data) {
        final byte[] header = text.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer file = ByteBuffer.allocate((version == 1 ? 10 : 12) + header.length + data.length);
        file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        file.put((byte) version).put((byte) 0);
        if (version == 1) {
            file.putShort((short) header.length);
        } else {
            file.putInt(header.length);
        }
        return file.put(header).put(data).array();
    }

    static byte[] written(final NpyArray array) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyWriter.write(out, array);
        return out.toByteArray();
    }

    static NpyArray read(final byte[] file) throws IOException {
        return NpyReader.read(new ByteArrayInputStream(file), "test.npy");
    }
}
