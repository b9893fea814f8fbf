package org.kernfield.splat.train;

import org.kernfield.field.AbsentException;
import org.kernfield.field.SettingException;
import org.kernfield.scene.Photograph;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatRenderer;

import java.util.List;

/**
 * What a training works with from its beginning to its end.
 *
 * @param photographs to learn from
 * @param plain how splats are drawn, the primitive apart
 * @param backdrop the colour behind everything
 * @param alphaLoss weight of the difference from the photographs' alpha; 0 for none
 * @param primitive its name
 * @param exposes whether exposures are learned
 * @param refines whether poses are corrected
 */
record Setup(
        List<Photograph> photographs,
        SplatRenderer renderer,
        RenderOptions plain,
        Backdrop backdrop,
        double alphaLoss,
        String primitive,
        boolean exposes,
        boolean refines) {
    /**
     * The primitive, which may leave and come back between two steps.
     *
     * @throws AbsentException if it is not there
     */
    Primitive footprint() {
        try {
            return renderer.primitive(primitive);
        } catch (IllegalArgumentException absent) {
            String sentence = absent.getMessage();
            throw new AbsentException(
                    "primitive = " + primitive + ": is not here",
                    sentence.substring(sentence.indexOf("; ") + 2));
        }
    }

    /** What is read of the photographs' alpha: nothing where none of them has it. */
    AlphaReading reading() {
        boolean isAsked = backdrop.isRandom() || alphaLoss > 0;
        return new AlphaReading(isAsked && hasAlpha(), backdrop.isRandom());
    }

    private boolean hasAlpha() {
        return photographs.stream().anyMatch(photograph -> photograph.alpha() != null);
    }

    /** What of the settings was of no use, in sentences. */
    List<String> remarks() {
        return alphaLoss > 0 && !hasAlpha()
                ? List.of(
                        "alphaLoss was of no use: no picture that was trained on has alpha; leave"
                                + " it out, or give pictures with alpha and alpha=composite")
                : List.of();
    }

    /**
     * Refuses what does not go together.
     *
     * @throws AbsentException if the primitive is not there
     * @throws SettingException if it cannot be antialiased, but is to be
     */
    void check() {
        if (footprint().isFlat() && plain.isAntialiased()) {
            throw new SettingException(
                    "antialiased = true: a blur does not widen a flat "
                            + primitive
                            + "; leave it out, or use primitive=gaussian or ges");
        }
    }
}
