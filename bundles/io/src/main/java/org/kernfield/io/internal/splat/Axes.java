package org.kernfield.io.internal.splat;

import org.kernfield.scene.Splats;

/**
 * Half a turn about one axis, which is how the axes of the formats differ from right, down,
 * forward: two coordinates change their signs.
 *
 * <p>Quaternions turn as vectors do in x, y, z. A real spherical harmonic of degree l and order m
 * is even or odd in each coordinate: z as l − |m|, y as m &lt; 0, x as m, one more where m &lt; 0.
 *
 * @param x sign of the first coordinate
 * @param y sign of the second
 * @param z sign of the third
 */
record Axes(int x, int y, int z) {
    /** Right, up, back: OpenGL's and SPZ's. */
    static final Axes RUB = new Axes(1, -1, -1);

    /** Right, down, forward: those in memory. */
    static final Axes RDF = new Axes(1, 1, 1);

    /** Left, down, back. */
    static final Axes LDB = new Axes(-1, 1, -1);

    /** Left, up, forward: glTF's. */
    static final Axes LUF = new Axes(-1, -1, 1);

    /** The sign of each coefficient of spherical harmonics up to {@code degree}. */
    int[] harmonics(int degree) {
        var signs = new int[Splats.coefficients(degree)];
        for (int l = 0, k = 0; l <= degree; l++) {
            for (int m = -l; m <= l; m++, k++) {
                boolean oddX = (Math.abs(m) + (m < 0 ? 1 : 0)) % 2 != 0;
                boolean oddZ = (l - Math.abs(m)) % 2 != 0;
                signs[k] = (oddX ? x : 1) * (m < 0 ? y : 1) * (oddZ ? z : 1);
            }
        }
        return signs;
    }

    /** The same splats in the other axes, turned in place. */
    void turn(Splats splats) {
        flip(splats.means(), 3, 0);
        flip(splats.rotations(), 4, 1);
        int[] signs = harmonics(splats.degree());
        float[] sh = splats.sh();
        for (int k = 0; k < sh.length; ) {
            for (int sign : signs) {
                for (int channel = 0; channel < 3; channel++, k++) {
                    sh[k] = signed(sh[k], sign);
                }
            }
        }
    }

    private void flip(float[] rows, int width, int first) {
        for (int k = first; k < rows.length; k += width) {
            rows[k] = signed(rows[k], x);
            rows[k + 1] = signed(rows[k + 1], y);
            rows[k + 2] = signed(rows[k + 2], z);
        }
    }

    /** Zero stays without a sign. */
    private static float signed(float value, int sign) {
        return sign < 0 ? 0f - value : value;
    }
}
