package org.kernfield.shell.internal.verb;

import org.kernfield.format.Limits;
import org.kernfield.shell.internal.Failure;

import java.util.regex.Pattern;

/**
 * Pixels that somebody asks for.
 *
 * @param width at least 1
 * @param height at least 1
 */
record PictureSize(int width, int height) {
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,9})\\s*[xX×]\\s*(\\d{1,9})");

    /** Bytes a value takes while a field draws itself whole. */
    private static final long BYTES_WHOLE = 12;

    /** Bytes a value takes where pictures are drawn band by band, the last band's among them. */
    private static final long BYTES_IN_BANDS = 5;

    /** Reads {@code 640x480}. */
    static PictureSize parse(String text) {
        var match = PIXELS.matcher(text.strip());
        if (match.matches()) {
            int width = Integer.parseInt(match.group(1));
            int height = Integer.parseInt(match.group(2));
            if (width > 0 && height > 0) {
                return new PictureSize(width, height);
            }
        }
        throw Failure.refused(
                "--size " + text, "not a size of a picture", "write WIDTHxHEIGHT, such as 640x480");
    }

    /** Refuses what a field that draws itself whole cannot hold in memory. */
    void checkWhole(int channels) {
        check((long) width * height * channels, BYTES_WHOLE, Limits.ofHeap().bytes());
    }

    /** Refuses what a field that is seen in bands cannot hold in memory. */
    void checkInBands() {
        check((long) width * height * 3, BYTES_IN_BANDS, Runtime.getRuntime().maxMemory());
    }

    private void check(long values, long bytes, long allowed) {
        if (values > Integer.MAX_VALUE - 8 || values * bytes > allowed) {
            throw Failure.refused(
                    "--size " + this,
                    "needs about %,d MB of memory, at most %,d MB are allowed"
                            .formatted(values * bytes / 1_000_000, allowed / 1_000_000),
                    "ask for fewer pixels or raise -Xmx in KERNFIELD_JVM_OPTIONS");
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
