package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

/** A check before work that numbers which are not finite would spoil. */
public final class FiniteNumbers {
    private FiniteNumbers() {}

    /**
     * Refuses splats whose means, rotations or colours are not finite, or whose scales or opacities
     * are no numbers; those two may be infinite.
     *
     * @param done what is to be done to them, for example {@code merged}
     * @throws IllegalArgumentException naming the first such splat
     */
    public static void require(Splats splats, String done) {
        int colours = 3 * Splats.coefficients(splats.degree());
        require("mean", splats.means(), 3, false, done);
        require("scale", splats.logScales(), 3, true, done);
        require("rotation", splats.rotations(), 4, false, done);
        require("colour", splats.sh(), colours, false, done);
        require("opacity", splats.opacities(), 1, true, done);
    }

    private static void require(
            String what, float[] values, int width, boolean mayBeInfinite, String done) {
        for (int k = 0; k < values.length; k++) {
            boolean isFit = mayBeInfinite ? !Float.isNaN(values[k]) : Float.isFinite(values[k]);
            if (!isFit) {
                throw new IllegalArgumentException(
                        "splat %d: its %s is %s, so it cannot be %s; drop such splats first"
                                .formatted(
                                        k / width,
                                        what,
                                        mayBeInfinite ? "no number" : "not finite",
                                        done));
            }
        }
    }
}
