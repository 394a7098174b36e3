package org.spikemeter.runtime.source.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class KernelDropsTest {
    private static final String TABLE = """
          sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
         1234: 0100007F:231F 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 42
         1235: 00000000:231F 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 7
        """;

    @Test
    void shouldFindTheSocketsLineWhenItIsThere() throws UnknownHostException {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        final InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        assertEquals("0100007F:231F", KernelDrops.column(new InetSocketAddress(local, 8991)));
        assertEquals(OptionalLong.of(42), KernelDrops.find(TABLE, "0100007F:231F"));
        assertEquals(OptionalLong.of(7), KernelDrops.find(TABLE, "00000000:231F"));
        assertEquals(OptionalLong.empty(), KernelDrops.find(TABLE, "00000000:2320"));
        assertEquals(OptionalLong.empty(), KernelDrops.find("", "00000000:2320"));
    }
}
