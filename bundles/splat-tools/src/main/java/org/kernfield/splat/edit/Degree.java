package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

/** Colours that depend less on the direction. */
public final class Degree {
    private Degree() {}

    /**
     * Drops coefficients of spherical harmonics above a degree; what is left is the nearest
     * function of that degree, because the harmonics are orthogonal.
     *
     * @param degree 0 to {@link Splats#MAX_DEGREE}
     */
    public static Edit atMost(int degree) {
        if (degree < 0 || degree > Splats.MAX_DEGREE) {
            throw new IllegalArgumentException(
                    "degree " + degree + ": not known; give 0 to " + Splats.MAX_DEGREE);
        }
        return splats -> splats.degree() <= degree ? splats : cut(splats, degree);
    }

    private static Splats cut(Splats splats, int degree) {
        int from = 3 * Splats.coefficients(splats.degree());
        int to = 3 * Splats.coefficients(degree);
        var sh = new float[splats.count() * to];
        for (int k = 0; k < splats.count(); k++) {
            System.arraycopy(splats.sh(), k * from, sh, k * to, to);
        }
        return new Splats(
                degree,
                splats.means(),
                splats.logScales(),
                splats.rotations(),
                splats.opacities(),
                sh,
                splats.extra());
    }
}
