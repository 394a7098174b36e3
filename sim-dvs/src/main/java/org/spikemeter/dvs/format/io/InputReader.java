package org.spikemeter.dvs.format.io;

import java.io.IOException;
import java.util.List;
import org.spikemeter.dvs.event.EventReader;

/** What readers of bytes from front to back have in common: what they are called, how far they are, their warnings. */
public abstract class InputReader implements EventReader {
    /** The bytes; closed with the reader. */
    protected final EventInput in;
    /** What was left out. */
    protected final ReadWarnings warnings;

    /** A reader of an input, with no warnings yet. */
    protected InputReader(final EventInput in) {
        this(in, new ReadWarnings(in.name()));
    }

    /**
     * A reader of an input.
     *
     * @param warnings those so far, to which others may add
     */
    protected InputReader(final EventInput in, final ReadWarnings warnings) {
        this.in = in;
        this.warnings = warnings;
    }

    @Override
    public final String name() {
        return in.name();
    }

    @Override
    public final double progress() {
        return in.progress();
    }

    @Override
    public final List<String> warnings() {
        return warnings.lines();
    }

    /**
     * Leaves out the last bytes, where there are any: too few for one more of what the file is made of.
     *
     * @param what it is made of: {@code record}
     * @param bytes of each
     */
    protected final void leaveOutTail(final String what, final int bytes) throws IOException {
        if (in.ensure(1)) {
            final int left = in.limit() - in.at();
            warnings.add("the last " + what + " is cut, left out", in.offset(),
                "found " + left + " bytes, expected " + bytes);
            in.advance(left);
        }
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }
}
