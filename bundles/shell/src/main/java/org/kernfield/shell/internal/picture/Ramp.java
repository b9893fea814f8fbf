package org.kernfield.shell.internal.picture;

/**
 * A perceptually ordered row of colours from near black over purple and orange to light yellow.
 *
 * <p>It is a path in OKLab (B. Ottosson, A perceptual color space for image processing, 2020) whose
 * lightness rises linearly, so equal differences of the number look like equal differences of
 * brightness, in grey prints as well.
 */
public final class Ramp {
    private static final int COLOURS = 256;
    private static final double DARKEST = 0.08;
    private static final double LIGHTEST = 0.97;
    private static final double FIRST_HUE = Math.toRadians(295);
    private static final double LAST_HUE = Math.toRadians(360 + 108);

    /** Largest chroma, in the middle of the path; it stays inside sRGB but for some red. */
    private static final double CHROMA = 0.2;

    private static final float[] TABLE = table();

    private Ramp() {}

    /** Writes the colour of {@code value}, 0 to 1, as sRGB red, green, blue at {@code place}. */
    public static void write(double value, float[] rgb, int place) {
        int colour = (int) Math.round(Math.clamp(value, 0, 1) * (COLOURS - 1));
        System.arraycopy(TABLE, 3 * colour, rgb, place, 3);
    }

    private static float[] table() {
        var table = new float[3 * COLOURS];
        for (int k = 0; k < COLOURS; k++) {
            double t = k / (COLOURS - 1.0);
            double lightness = DARKEST + (LIGHTEST - DARKEST) * t;
            double hue = FIRST_HUE + (LAST_HUE - FIRST_HUE) * t;
            // dark and light colours have little room for chroma
            double chroma = CHROMA * Math.pow(Math.sin(Math.PI * (0.06 + 0.84 * t)), 0.8);
            colour(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue), table, 3 * k);
        }
        return table;
    }

    /** OKLab to sRGB; matrices of the source. */
    private static void colour(double light, double a, double b, float[] rgb, int place) {
        double l = cube(light + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(light - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(light - 0.0894841775 * a - 1.2914855480 * b);
        rgb[place] = encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        rgb[place + 1] = encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        rgb[place + 2] = encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double cube(double x) {
        return x * x * x;
    }

    /** The sRGB transfer function, IEC 61966-2-1. */
    private static float encoded(double linear) {
        double x = Math.clamp(linear, 0, 1);
        return (float) (x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055);
    }
}
