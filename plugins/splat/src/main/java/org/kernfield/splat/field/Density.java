package org.kernfield.splat.field;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

/**
 * How much there is at a point: σ(x) = Σ_j o_j·exp(−½ (x − μ_j)ᵀ Σ_j⁻¹ (x − μ_j)), without unit,
 * where a splat's part below 1/255 counts as none. That is the Gaussian's; other primitives differ
 * from it by their edges.
 */
final class Density {
    /** Densities at points {@code x}, n × 1. */
    static final Reduction VALUE;

    /** Their gradients, n × 3. */
    static final Reduction GRADIENT;

    static {
        var k = Kernel.build("splat density");
        Vec x = k.input("x", 3);
        var part = new Part(k);
        k.output("density", part.visible(part.own(x.minus(part.mean())).squaredNorm()));
        k.support("x", part.mean().minus(part.half()), part.mean().plus(part.half()));
        Kernel kernel = k.done();
        VALUE = Reduction.sum(kernel, Neighbourhood.TILES);
        GRADIENT = Reduction.sum(kernel.jacobian("x"), Neighbourhood.TILES);
    }

    private Density() {}
}
