package org.spikemeter.runtime.live.server;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whose requests are answered. A web site can make a name of its own point here (DNS rebinding), so the name that a
 * browser asked for must be an address, {@code localhost}, or the name that was given to listen on; and what changes
 * anything must come from this page itself.
 */
final class Origins {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final String name;

    /** With the name that was given to listen on; null for none. */
    Origins(final String name) {
        this.name = name == null ? "localhost" : name.toLowerCase(Locale.ROOT);
    }

    /** True where a request for this host, with or without a port, may be answered. */
    boolean isHost(final String host) {
        if (host == null) {
            return false;
        }
        final String bare = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return bare.equals("localhost") || bare.equals(name) || ADDRESS.matcher(bare).matches();
    }

    /** True where a request of this origin is one of the page that came from this host, or of no page at all. */
    static boolean isOrigin(final String origin, final String host) {
        return origin == null || origin.equalsIgnoreCase("http://" + host);
    }
}
