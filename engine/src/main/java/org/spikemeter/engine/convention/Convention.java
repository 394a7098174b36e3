package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;

/** A way of counting what a run did. Stateless; {@link #over} starts a count. */
public interface Convention {
    /** Name on the command line and in JSON. */
    String name();

    /** What it counts, in one sentence. */
    String definition();

    /** Where it was read: repository, commit and function, or publication. */
    String source();

    /** What a user of its figures should know; followed here to the integer. */
    List<String> quirks();

    /** Starts to count a run. */
    Counter over(EventLog log);
}
