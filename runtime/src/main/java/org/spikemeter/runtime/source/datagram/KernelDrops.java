package org.spikemeter.runtime.source.datagram;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Datagrams that arrived at a socket and found no room in its buffer, as Linux counts them in {@code /proc/net/udp} and
 * {@code udp6}: a line for each socket, with its address and port in hexadecimal and, at the end, the drops.
 */
public final class KernelDrops {
    private static final Path TABLES = Path.of("/proc/net");
    private static final int LOCAL_COLUMN = 1;
    private static final int MOST_DIGITS = 18;

    private KernelDrops() {
    }

    /** The drops of a socket that is bound to an address; empty where the system does not say. */
    public static OptionalLong of(final InetSocketAddress local) {
        final boolean isFour = local.getAddress() instanceof Inet4Address;
        try {
            return find(Files.readString(TABLES.resolve(isFour ? "udp" : "udp6"), StandardCharsets.US_ASCII),
                column(local));
        } catch (final IOException absent) {
            return OptionalLong.empty();
        }
    }

    /** How the table writes an address: words of 32 bits as the machine has them in memory, then the port. */
    static String column(final InetSocketAddress local) {
        final ByteBuffer bytes = ByteBuffer.wrap(local.getAddress().getAddress()).order(ByteOrder.nativeOrder());
        final StringBuilder text = new StringBuilder();
        while (bytes.hasRemaining()) {
            text.append(HexFormat.of().withUpperCase().toHexDigits(bytes.getInt()));
        }
        return text + ":" + HexFormat.of().withUpperCase().toHexDigits((short) local.getPort());
    }

    static OptionalLong find(final String table, final String column) {
        for (final String line : table.lines().toList()) {
            final String[] columns = line.strip().split("\\s+");
            final String last = columns[columns.length - 1];
            if (columns.length > LOCAL_COLUMN && columns[LOCAL_COLUMN].equals(column)
                && last.chars().allMatch(Character::isDigit) && last.length() <= MOST_DIGITS) {
                return OptionalLong.of(Long.parseLong(last));
            }
        }
        return OptionalLong.empty();
    }
}
