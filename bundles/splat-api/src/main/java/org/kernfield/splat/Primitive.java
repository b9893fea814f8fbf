package org.kernfield.splat;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What one splat looks like on the screen, as formulas of the kernel language: α at a pixel is the
 * splat's opacity times {@link #falloff}. A service, immutable; formulas are asked for when kernels
 * are built, not for each picture.
 */
@ConsumerType
public interface Primitive {
    /** Short lower-case name, unique among primitives, for example {@code gaussian}. */
    String name();

    /** A few words for people. */
    String label();

    /** Numbers that each splat has beside those of every primitive, trained with them. */
    default int attributes() {
        return 0;
    }

    /** What the attributes of a new splat are; as many as {@link #attributes}. */
    default double[] initialAttributes() {
        return new double[attributes()];
    }

    /**
     * Whether it lies in the plane of a splat's first two axes: the third one is its normal, and
     * the scale along it has no part in anything.
     */
    default boolean isFlat() {
        return false;
    }

    /**
     * What the falloff depends on, computed once a splat. Finite for every splat of finite numbers,
     * and differentiable.
     */
    Vec shape(Projected splat);

    /**
     * From 0 to 1, 1 at the splat's centre.
     *
     * @param offset of the pixel from the centre, 2 components, in pixels
     * @param shape as {@link #shape} gave it
     */
    Expr falloff(Vec offset, Vec shape);

    /**
     * Half the sides of a box about the centre, in pixels, outside of which ln falloff is below
     * −½·{@code reach}.
     *
     * @param shape as {@link #shape} gave it
     * @param reach 2·ln(opacity / smallest visible α), 0 or more
     */
    Vec extent(Vec shape, Expr reach);
}
