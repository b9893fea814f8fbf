package org.kernfield.splat.render;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.Projected;

import java.util.stream.Stream;

/**
 * exp(−½ (dᵀ C⁻¹ d)^(β/2)) with a trained β for each splat: 2 is the Gaussian, below it peaks and
 * has long tails, above it nears a disc with a sharp edge. The attribute a gives β = 0.5 + 7.5 ·
 * sigmoid(a), and a = ln(1.5/6) the Gaussian.
 *
 * <p>Source: A. Hamdi and others, GES: generalized exponential splatting (2024), equation 2.
 */
public class GeneralisedExponential implements Primitive {
    private static final double LEAST = 0.5;
    private static final double RANGE = 7.5;
    private static final double GAUSSIAN = 2;

    /** Keeps the power's derivative finite at the centre. */
    private static final double CENTRE = 1e-12;

    private static final int FACTOR = 3;

    @Override
    public String name() {
        return "ges";
    }

    @Override
    public String label() {
        return "generalised exponentials with a trained edge";
    }

    @Override
    public int attributes() {
        return 1;
    }

    @Override
    public double[] initialAttributes() {
        double share = (GAUSSIAN - LEAST) / RANGE;
        return new double[] {Math.log(share / (1 - share))};
    }

    /** The Cholesky factor of the Gaussian, then β/2. */
    @Override
    public Vec shape(Projected splat) {
        Expr half = splat.attributes().x().sigmoid().times(RANGE / 2).plus(LEAST / 2);
        Vec factor = Gaussian.factor(splat);
        return Vec.of(Stream.concat(factor.stream(), Stream.of(half)).toList());
    }

    @Override
    public Expr falloff(Vec offset, Vec shape) {
        Expr squared = Gaussian.halfSquaredDistance(offset, shape).times(2).plus(CENTRE);
        return squared.pow(shape.get(FACTOR)).times(-0.5).exp();
    }

    /** (dᵀ C⁻¹ d)^(β/2) is at most reach. */
    @Override
    public Vec extent(Vec shape, Expr reach) {
        Expr radius = reach.pow(Expr.of(0.5).dividedBy(shape.get(FACTOR)));
        return Gaussian.deviations(shape).times(radius);
    }
}
