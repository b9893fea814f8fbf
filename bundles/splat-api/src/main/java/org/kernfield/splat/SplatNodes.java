package org.kernfield.splat;

import org.kernfield.backend.Tape;

/**
 * n splats on a tape, all of one element type.
 *
 * @param means n × 3, in the scene's units
 * @param logScales n × 3, natural logarithms of the standard deviations along the own axes
 * @param rotations n × 4, quaternions w, x, y, z of any length; of length 0 it is no rotation
 * @param opacities n × 1, logits
 * @param sh n × 3·(D + 1)², spherical harmonics as in {@link org.kernfield.scene.Splats}
 * @param attributes n × {@link Primitive#attributes}; null where the primitive has none
 * @param filter n × 1, variance by which each splat is blurred in space, in squared units of the
 *     scene, see {@link SamplingFilter}; null for none
 * @param features n × k, for {@link Channel#FEATURES}; null for none
 * @param pose 1 × 12, the rotation row by row and the translation of the camera in place of the
 *     view's, so that it can be differentiated by; null for the view's
 */
public record SplatNodes(
        Tape.Node means,
        Tape.Node logScales,
        Tape.Node rotations,
        Tape.Node opacities,
        Tape.Node sh,
        Tape.Node attributes,
        Tape.Node filter,
        Tape.Node features,
        Tape.Node pose) {
    public SplatNodes {
        check("means", means, 3);
        check("logScales", logScales, 3);
        check("rotations", rotations, 4);
        check("opacities", opacities, 1);
        int coefficients = sh.buffer().width() / 3;
        int degree = (int) Math.round(Math.sqrt(coefficients)) - 1;
        if (sh.buffer().width() % 3 != 0 || (degree + 1) * (degree + 1) != coefficients) {
            throw new IllegalArgumentException(
                    "splats: sh of width "
                            + sh.buffer().width()
                            + "; give 3·(degree + 1)² numbers a splat");
        }
    }

    /** Splats without further numbers. */
    public SplatNodes(
            Tape.Node means,
            Tape.Node logScales,
            Tape.Node rotations,
            Tape.Node opacities,
            Tape.Node sh) {
        this(means, logScales, rotations, opacities, sh, null, null, null, null);
    }

    private static void check(String name, Tape.Node node, int width) {
        if (node.buffer().width() != width) {
            throw new IllegalArgumentException(
                    "splats: %s of width %d; give %d numbers a splat"
                            .formatted(name, node.buffer().width(), width));
        }
    }

    /** Number of splats. */
    public long count() {
        return opacities.buffer().rows();
    }

    /** Highest degree of the stored spherical harmonics. */
    public int degree() {
        return (int) Math.round(Math.sqrt(sh.buffer().width() / 3.0)) - 1;
    }

    public SplatNodes withAttributes(Tape.Node node) {
        return new SplatNodes(
                means, logScales, rotations, opacities, sh, node, filter, features, pose);
    }

    public SplatNodes withFilter(Tape.Node node) {
        return new SplatNodes(
                means, logScales, rotations, opacities, sh, attributes, node, features, pose);
    }

    public SplatNodes withFeatures(Tape.Node node) {
        return new SplatNodes(
                means, logScales, rotations, opacities, sh, attributes, filter, node, pose);
    }

    public SplatNodes withPose(Tape.Node node) {
        return new SplatNodes(
                means, logScales, rotations, opacities, sh, attributes, filter, features, node);
    }
}
