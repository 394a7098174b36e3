package org.spikemeter.dvs.format.aedat;

/**
 * Where x, y and polarity are in the 32 bits of an address of AEDAT 2, as the cameras' classes in jAER have it
 * ({@code DavisChip}, {@code DVS128}, {@code DVS640}). Columns count from the right and rows from the bottom in all of
 * them: what jAER shows, and v2e writes.
 */
enum Aedat2Layout {
    /** Bit 31: frame (APS) or IMU; bit 10: external input or another special event; else y, x, polarity. */
    DAVIS(12, 10, 22, 9, 11, 0, 1 << 31 | 1 << 10),
    /** 128 x 128 pixels; bit 31: special; bit 15: external input; 0 is ON. */
    DVS128(1, 7, 8, 7, 0, 1, 1 << 31 | 1 << 15),
    /** 640 x 480 pixels. */
    DVS640(1, 10, 11, 10, 0, 0, ~((1 << 21) - 1)),
    /** CIFAR10-DVS: {@link #DVS128} with x and y exchanged, as SpikingJelly reads it. */
    CIFAR10(8, 7, 1, 7, 0, 1, 1 << 31 | 1 << 15);

    /** Bits of {@link #DAVIS}: samples of the IMU, seven words each. */
    static final int DAVIS_IMU = 1 << 31 | 3 << 10;
    /** Bits of {@link #DAVIS}: which read of a pixel of a frame; 0 for the first, behind the reset. */
    static final int DAVIS_READ = 3 << 10;
    /** A word of {@link #DAVIS} that is an external input. */
    static final int DAVIS_EXTERNAL = 1 << 10;
    /** Bits that are 0 in events of {@link #DAVIS}, and hardly so in those of others. */
    static final int DAVIS_UNUSED = (1 << 10) - 1;

    final int xShift;
    final int xMask;
    final int yShift;
    final int yMask;
    final int polarityShift;
    /** Turns the bit into 1 for ON. */
    final int polarityFlip;
    /** Bits one of which is set in what is no event. */
    final int other;

    Aedat2Layout(
        final int xShift, final int xBits, final int yShift, final int yBits, final int polarityShift,
        final int polarityFlip, final int other) {
        this.xShift = xShift;
        this.xMask = (1 << xBits) - 1;
        this.yShift = yShift;
        this.yMask = (1 << yBits) - 1;
        this.polarityShift = polarityShift;
        this.polarityFlip = polarityFlip;
        this.other = other;
    }

    int x(final int address) {
        return address >>> xShift & xMask;
    }

    int y(final int address) {
        return address >>> yShift & yMask;
    }
}
