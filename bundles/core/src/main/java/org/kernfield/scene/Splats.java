package org.kernfield.scene;

import org.kernfield.backend.Array;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gaussian splats: n coloured Gaussians in space. Axes are x right, y down, z forward; every array
 * is row-major, owned by the splats and not modified.
 *
 * @param degree highest degree of the spherical harmonics, 0 to {@link #MAX_DEGREE}
 * @param means n × 3, in the file's units
 * @param logScales n × 3, natural logarithms of the standard deviations along the own axes
 * @param rotations n × 4, quaternions w, x, y, z, not necessarily of unit length
 * @param opacities n, logits: the opacity is 1 / (1 + e^−x), infinite values allowed
 * @param sh n × (degree + 1)² × 3, coefficients in the order and with the signs of 3DGS, then red,
 *     green, blue
 * @param extra further properties by name, n values each
 */
public record Splats(
        int degree,
        float[] means,
        float[] logScales,
        float[] rotations,
        float[] opacities,
        float[] sh,
        Map<String, float[]> extra) {
    /** The highest degree of spherical harmonics that is kept. */
    public static final int MAX_DEGREE = 4;

    /** The spherical harmonic of degree 0: a colour is 0.5 + this · its first coefficient. */
    public static final double SH_0 = 0.28209479177387814;

    /**
     * Logarithms of scales are cut off here and at its opposite where few numbers stand for all: a
     * few absurd ones would leave the others no room.
     */
    public static final float LARGEST_LOG_SCALE = 20;

    public Splats {
        if (degree < 0 || degree > MAX_DEGREE) {
            throw new IllegalArgumentException(
                    "splats: spherical harmonics of degree " + degree + "; use 0 to " + MAX_DEGREE);
        }
        int n = opacities.length;
        check("means", means, n, 3);
        check("logScales", logScales, n, 3);
        check("rotations", rotations, n, 4);
        check("sh", sh, n, 3 * coefficients(degree));
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        extra.forEach((name, values) -> check(name, values, n, 1));
    }

    private static void check(String name, float[] values, long rows, int width) {
        if (values.length != rows * width) {
            throw new IllegalArgumentException(
                    "splats: "
                            + values.length
                            + " values of "
                            + name
                            + "; "
                            + rows
                            + " splats need "
                            + rows * width);
        }
    }

    /** Splats of {@code count} zeros, to be filled before they are handed on. */
    public static Splats allocate(int count, int degree) {
        return new Splats(
                degree,
                new float[Math.multiplyExact(count, 3)],
                new float[count * 3],
                new float[Math.multiplyExact(count, 4)],
                new float[count],
                new float[Math.multiplyExact(count, 3 * coefficients(degree))],
                Map.of());
    }

    /** Spherical harmonics up to a degree: (degree + 1)². */
    public static int coefficients(int degree) {
        return (degree + 1) * (degree + 1);
    }

    /** Bytes that the arrays of {@code count} splats take. */
    public static long bytes(long count, int degree) {
        return count * Float.BYTES * (11 + 3L * coefficients(degree));
    }

    /** Number of splats. */
    public int count() {
        return opacities.length;
    }

    /** The same splats with further properties. */
    public Splats with(Map<String, float[]> properties) {
        return new Splats(degree, means, logScales, rotations, opacities, sh, properties);
    }

    /** Rows in another order, or some of them: row k of the result is row {@code order[k]}. */
    public Splats select(int[] order) {
        var chosen = new LinkedHashMap<String, float[]>();
        extra.forEach((name, values) -> chosen.put(name, rows(values, 1, order)));
        return new Splats(
                degree,
                rows(means, 3, order),
                rows(logScales, 3, order),
                rows(rotations, 4, order),
                rows(opacities, 1, order),
                rows(sh, 3 * coefficients(degree), order),
                chosen);
    }

    private static float[] rows(float[] values, int width, int[] order) {
        var chosen = new float[Math.multiplyExact(order.length, width)];
        for (int k = 0; k < order.length; k++) {
            System.arraycopy(values, order[k] * width, chosen, k * width, width);
        }
        return chosen;
    }

    /** Views of the arrays by name: means, logScales, rotations, opacities, sh, then the others. */
    public Map<String, Array> arrays() {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("means", Array.of(3, means));
        arrays.put("logScales", Array.of(3, logScales));
        arrays.put("rotations", Array.of(4, rotations));
        arrays.put("opacities", Array.of(1, opacities));
        arrays.put("sh", Array.of(3 * coefficients(degree), sh));
        extra.forEach((name, values) -> arrays.put(name, Array.of(1, values)));
        return arrays;
    }
}
