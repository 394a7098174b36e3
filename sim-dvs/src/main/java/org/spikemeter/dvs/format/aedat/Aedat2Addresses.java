package org.spikemeter.dvs.format.aedat;

import java.util.List;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/**
 * Addresses of AEDAT 2, which jAER also sends: 32 bits that are an event of a certain camera, or something else.
 * Columns and rows count from the lower right corner of the sensor. Immutable.
 */
public final class Aedat2Addresses {
    /** What {@link #word} gives for frames, samples of the IMU, external inputs. */
    public static final int OTHER = -1;
    /** What {@link #word} gives for an event outside the sensor. */
    public static final int OUTSIDE = -2;

    private final Aedat2Layout layout;
    private final SensorSize size;
    private final int xShift;
    private final int xMask;
    private final int yShift;
    private final int yMask;
    private final int polarityShift;
    private final int polarityFlip;
    private final int other;
    private final int right;
    private final int bottom;

    Aedat2Addresses(final Aedat2Layout layout, final SensorSize size) {
        this.layout = layout;
        this.size = size;
        this.xShift = layout.xShift;
        this.xMask = layout.xMask;
        this.yShift = layout.yShift;
        this.yMask = layout.yMask;
        this.polarityShift = layout.polarityShift;
        this.polarityFlip = layout.polarityFlip;
        this.other = layout.other;
        this.right = size.width() - 1;
        this.bottom = size.height() - 1;
    }

    /**
     * Those of a camera.
     *
     * @param user what messages call whoever needs them
     * @param variant one of {@link #variants()}
     * @param sensor the area of the events; the camera's own may be larger, and counts
     * @throws IllegalArgumentException where the camera is smaller than the sensor, or the variant is not known
     */
    public static Aedat2Addresses of(final String user, final String variant, final SensorSize sensor) {
        if (!variants().contains(variant)) {
            throw new IllegalArgumentException(user + " has no variant '" + variant + "': expected one of "
                + String.join(", ", variants()));
        }
        final Aedat2Layout layout = Aedat2Camera.layout(variant);
        final SensorSize area = switch (variant) {
            case "davis240" -> Chip.DAVIS240.size();
            case "davis346" -> Chip.DAVIS346.size();
            case "davis640" -> Chip.DAVIS640.size();
            case Aedat2Camera.DAVIS_VARIANT -> new SensorSize(layout.xMask + 1, layout.yMask + 1);
            default -> Aedat2Camera.fixed(layout);
        };
        if (sensor.width() > area.width() || sensor.height() > area.height()) {
            throw new IllegalArgumentException(user + " (" + variant + ") holds sensors of at most " + area
                + " pixels, found " + sensor);
        }
        return new Aedat2Addresses(layout, variant.equals(Aedat2Camera.DAVIS_VARIANT) ? sensor : area);
    }

    /** The cameras, and {@code davis} for a DAVIS of any size. */
    public static List<String> variants() {
        return Aedat2Camera.variants();
    }

    /** The variant that is usual for a sensor of this size. */
    public static String usual(final SensorSize sensor) {
        return sensor.equals(Chip.DVS128.size()) ? "dvs128" : Aedat2Camera.DAVIS_VARIANT;
    }

    Aedat2Layout layout() {
        return layout;
    }

    /** The sensor, from whose lower right corner columns and rows count. */
    public SensorSize size() {
        return size;
    }

    /** The {@link EventWord} that an address stands for, or {@link #OTHER}, or {@link #OUTSIDE}. */
    public int word(final int address) {
        if ((address & other) != 0) {
            return OTHER;
        }
        final int x = right - (address >>> xShift & xMask);
        final int y = bottom - (address >>> yShift & yMask);
        return (x | y) < 0 ? OUTSIDE : EventWord.of(x, y, address >>> polarityShift & 1 ^ polarityFlip);
    }

    /** The address of an {@link EventWord}, which must be in the sensor. */
    public int address(final int word) {
        return right - EventWord.x(word) << xShift | bottom - EventWord.y(word) << yShift
            | (EventWord.polarity(word) ^ polarityFlip) << polarityShift;
    }
}
