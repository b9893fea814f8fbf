package org.kernfield.io.internal.picture;

import java.nio.ByteBuffer;

/**
 * Recognises the usual sRGB profiles by what they say (ICC.1:2001-04, sections 6.3.1 and 6.5), so
 * that the many pictures that carry one need no colour engine. A "no" decides nothing.
 */
final class SrgbProfile {
    /** sRGB's primaries adapted to D50, as XYZ (IEC 61966-2-1, annex; W3C CSS Color 4). */
    private static final double[][] PRIMARIES = {
        {0.4361, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7141}
    };

    /** Half a step of 8 bits at the steepest. */
    private static final double CLOSE = 0.002;

    private static final int CURVE = tag("curv");
    private static final int PARAMETRIC = tag("para");

    private SrgbProfile() {}

    /** Whether {@code profile} is one of sRGB. */
    static boolean isSrgb(byte[] profile) {
        try {
            var in = ByteBuffer.wrap(profile);
            for (int c = 0; c < 3; c++) {
                int primary = find(in, "rgb".charAt(c) + "XYZ");
                int curve = find(in, "rgb".charAt(c) + "TRC");
                if (primary < 0 || curve < 0 || !hasPrimary(in, primary, PRIMARIES[c])) {
                    return false;
                }
                for (double v : new double[] {0.02, 0.1, 0.25, 0.5, 0.75, 1}) {
                    // written so that NaN is not close
                    if (!(Math.abs(linear(in, curve, v) - linear(v)) <= CLOSE)) {
                        return false;
                    }
                }
            }
            // a table to Lab would go before the matrix
            return find(in, "A2B0") < 0;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static int find(ByteBuffer in, String name) {
        int tags = in.getInt(128);
        for (int k = 0; k < Math.min(tags, 100); k++) {
            if (in.getInt(132 + 12 * k) == tag(name)) {
                return in.getInt(132 + 12 * k + 4);
            }
        }
        return -1;
    }

    private static boolean hasPrimary(ByteBuffer in, int at, double[] xyz) {
        for (int c = 0; c < 3; c++) {
            if (Math.abs(fixed(in, at + 8 + 4 * c) - xyz[c]) > CLOSE) {
                return false;
            }
        }
        return true;
    }

    /** The profile's curve at {@code v}; NaN for kinds that sRGB is not stored as. */
    private static double linear(ByteBuffer in, int at, double v) {
        if (in.getInt(at) == CURVE) {
            int count = in.getInt(at + 8);
            if (count < 2) {
                return Double.NaN;
            }
            double place = v * (count - 1);
            int below = (int) Math.min(place, count - 2);
            double low = in.getShort(at + 12 + 2 * below) & 0xFFFF;
            double high = in.getShort(at + 14 + 2 * below) & 0xFFFF;
            return (low + (place - below) * (high - low)) / 65535;
        }
        if (in.getInt(at) == PARAMETRIC && in.getShort(at + 8) == 3) {
            // (a v + b)^g from d on, c v before
            double a = fixed(in, at + 16);
            double b = fixed(in, at + 20);
            return v >= fixed(in, at + 28)
                    ? Math.pow(a * v + b, fixed(in, at + 12))
                    : fixed(in, at + 24) * v;
        }
        return Double.NaN;
    }

    /** IEC 61966-2-1, equations 5 and 6. */
    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double fixed(ByteBuffer in, int at) {
        return in.getInt(at) / 65536.0;
    }

    private static int tag(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }
}
