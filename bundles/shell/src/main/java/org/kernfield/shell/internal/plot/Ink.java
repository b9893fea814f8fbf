package org.kernfield.shell.internal.plot;

/**
 * A colour to draw with.
 *
 * @param rgb sRGB, 0xRRGGBB
 * @param opacity 0 to 1
 */
record Ink(int rgb, double opacity) {
    /** Words, axes and data. */
    static final Ink DARK = new Ink(0x202428, 1);

    /** What helps to read off numbers and must not be seen first. */
    static final Ink FAINT = new Ink(0xE3E6EA, 1);

    /** The line that matters; told from the others by those who see no red or no green as well. */
    static final Ink STRONG = new Ink(0x1B5E9E, 1);

    /** Paper. */
    static final Ink WHITE = new Ink(0xFFFFFF, 1);

    Ink faded(double share) {
        return new Ink(rgb, opacity * share);
    }
}
