package org.kernfield.splat.field;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.Splats;
import org.kernfield.splat.render.ColourFormula;

import java.util.ArrayList;
import java.util.List;

/** Colours at points and light along rays, as reductions. */
final class Light {
    private static final double ALPHA_MAX = 0.99;

    /** Keeps rays of no length from 0 / 0. */
    private static final double NO_LENGTH = 1e-30;

    private Light() {}

    /**
     * At points {@code x} seen in {@code direction}s: Σ_j σ_j(x)·c_j(direction), then Σ_j σ_j(x),
     * of which the quotient is the colour; n × 4.
     */
    static Reduction colours(int degree) {
        var k = Kernel.build("splat colours");
        Vec x = k.input("x", 3);
        Vec direction = k.input("direction", 3);
        var part = new Part(k);
        Vec sh = k.param("sh", 3 * Splats.coefficients(degree));
        Expr share = part.visible(part.own(x.minus(part.mean())).squaredNorm());
        Vec colour = ColourFormula.of(sh, direction.normalised(), degree);
        List<Expr> sums = new ArrayList<>(colour.times(share).stream().toList());
        sums.add(share);
        k.output("sums", Vec.of(sums));
        k.support("x", part.mean().minus(part.half()), part.mean().plus(part.half()));
        return Reduction.sum(k.done(), Neighbourhood.TILES);
    }

    /**
     * Σ_j ln(1 − α_j)·(Φ(b_j) − Φ(a_j)) for segments {@code from}, {@code to}: n × 1. α_j is the
     * largest opacity that the splat has on the segment's line, and its optical depth is spread
     * over the line as the normal distribution Φ that the splat is there; a_j and b_j are the
     * segment's ends from the largest, in its standard deviations. Over a whole line this is what
     * compositing leaves.
     */
    static Reduction opticalDepths() {
        var k = Kernel.build("splat optical depths");
        Vec from = k.input("from", 3);
        Vec to = k.input("to", 3);
        var part = new Part(k);
        Vec begin = part.own(from.minus(part.mean()));
        Vec along = part.own(to.minus(from));
        Expr length = along.squaredNorm().plus(NO_LENGTH).sqrt();
        // distance of the line, without cancellation
        Expr nearest = begin.cross(along).squaredNorm().dividedBy(length.square());
        Expr alpha = part.visible(nearest).min(Expr.of(ALPHA_MAX));
        Expr a = begin.times(along).sum().dividedBy(length);
        Expr share = normal(a.plus(length)).minus(normal(a));
        // a splat without a place has no share of anything
        Expr depth = alpha.negate().log1p().times(share);
        k.output("depth", alpha.greaterThan(Expr.of(0)).select(depth, 0));
        return Reduction.sum(k.done(), Neighbourhood.ALL);
    }

    /** The normal distribution's Φ, less ½. */
    private static Expr normal(Expr t) {
        return t.times(Math.sqrt(0.5)).erf().times(0.5);
    }
}
