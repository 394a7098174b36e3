package org.spikemeter.dvs.format.aedat;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.format.io.FrameTimeList;

/**
 * The words of AEDAT 2 that are no events: counted, and the starts of frames found. A frame is read column by column,
 * each pixel once behind the reset and once more with its signal, both with the time at which its column was read; in
 * which direction, depends on the camera. So a frame begins where the first reads jump from one side to the other.
 */
final class Aedat2Others {
    private static final int NO_COLUMN = -1;

    private final boolean isDavis;
    private final int lastColumn;
    private final FrameTimeList frames = new FrameTimeList();
    private int column = NO_COLUMN;
    private long apsWords;
    private long imuWords;
    private long specialWords;

    Aedat2Others(final Aedat2Camera camera) {
        isDavis = camera.layout() == Aedat2Layout.DAVIS;
        lastColumn = camera.size().width() - 1;
    }

    void add(final int address, final long micros) {
        if (!isDavis || address >= 0) {
            specialWords++;
        } else if ((address & Aedat2Layout.DAVIS_IMU) == Aedat2Layout.DAVIS_IMU) {
            imuWords++;
        } else {
            apsWords++;
            if ((address & Aedat2Layout.DAVIS_READ) == 0) {
                firstRead(Aedat2Layout.DAVIS.x(address), micros);
            }
        }
    }

    private void firstRead(final int next, final long micros) {
        final boolean isStart = column == NO_COLUMN ? next == 0 || next == lastColumn
            : 2 * Math.abs(next - column) > lastColumn;
        if (isStart) {
            frames.add(micros);
        }
        column = next;
    }

    FrameTimes frameTimes() {
        return frames;
    }

    List<String> notes() {
        final List<String> notes = new ArrayList<>();
        note(notes, apsWords, " words of frames (APS), " + frames.frames() + " frames begun");
        note(notes, imuWords, " words of an IMU");
        note(notes, specialWords, " special or external events");
        return notes;
    }

    /** Notes what there is any of. */
    static void note(final List<String> notes, final long count, final String what) {
        if (count > 0) {
            notes.add(count + what);
        }
    }
}
