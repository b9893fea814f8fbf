package org.kernfield.splat.train;

import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;

/**
 * Adam's update of all that a splat has but its colour, as one map over the splats. Penalties on
 * opacities and sizes are added to the gradient in closed form; where the means explore, each makes
 * a random step within its own Gaussian, the larger the more transparent it is.
 *
 * <p>Sources: D. P. Kingma, J. Ba, Adam (2015), algorithm 1; S. Kheradmand and others, 3D Gaussian
 * splatting as Markov chain Monte Carlo (2024), equations 8 to 10.
 */
final class SplatStep {
    /** Means 3, logarithmic scales 3, rotation 4, opacity 1. */
    static final int WIDTH = 11;

    static final double BETA_1 = 0.9;
    static final double BETA_2 = 0.999;
    static final double EPSILON = 1e-15;

    /** Steepness and place of the switch that keeps opaque splats where they are. */
    private static final double SWITCH = 100;

    private static final double FAINT = 0.005;

    /** Squared length below which a quaternion is no rotation. */
    private static final double NO_ROTATION = 1e-30;

    private static final Reduction STILL = Reduction.map(build(false));
    private static final Reduction EXPLORING = Reduction.map(build(true));

    private SplatStep() {}

    static Reduction of(boolean explores) {
        return explores ? EXPLORING : STILL;
    }

    static double correction1(long steps) {
        return 1 / (1 - Math.pow(BETA_1, steps));
    }

    static double correction2(long steps) {
        return 1 / (1 - Math.pow(BETA_2, steps));
    }

    private static Kernel build(boolean explores) {
        KernelBuilder k = Kernel.build(explores ? "exploring step" : "step");
        Vec means = k.input("means", 3);
        Vec logScales = k.input("logScales", 3);
        Vec rotations = k.input("rotations", 4);
        Vec opacities = k.input("opacities", 1);
        Vec value = joined(means, logScales, rotations, opacities);
        Vec gradient =
                joined(
                        k.input("d_means", 3),
                        penalised(k.input("d_logScales", 3), logScales, k.uniform("scalePenalty")),
                        k.input("d_rotations", 4),
                        faded(k.input("d_opacities", 1), opacities, k.uniform("opacityPenalty")));
        Vec first = k.input("first", WIDTH);
        Vec second = k.input("second", WIDTH);
        Vec rates = k.uniform("rates", 4);
        Expr correction1 = k.uniform("correction1");
        Expr correction2 = k.uniform("correction2");
        Vec nextFirst = first.times(BETA_1).plus(gradient.times(1 - BETA_1));
        Vec nextSecond = second.times(BETA_2).plus(gradient.times(gradient).times(1 - BETA_2));
        var moved = new ArrayList<Expr>();
        for (int c = 0; c < WIDTH; c++) {
            Expr rate = rates.get(c < 3 ? 0 : c < 6 ? 1 : c < 10 ? 2 : 3);
            Expr scale = nextSecond.get(c).times(correction2).sqrt().plus(EPSILON);
            Expr direction = nextFirst.get(c).times(correction1).dividedBy(scale);
            moved.add(value.get(c).minus(rate.times(direction)));
        }
        Vec next = Vec.of(moved);
        Vec place = next.slice(0, 3);
        if (explores) {
            Expr size = rates.get(0).times(k.uniform("exploration"));
            place = place.plus(walk(k, logScales, rotations, opacities.get(0)).times(size));
        }
        Vec bounds = k.uniform("bounds", 2);
        Vec sizes = next.slice(3, 6).map(s -> s.max(bounds.get(0)).min(bounds.get(1)));
        return k.output("nextMeans", place)
                .output("nextLogScales", sizes)
                .output("nextRotations", next.slice(6, 10))
                .output("nextOpacities", next.slice(10, 11))
                .output("nextFirst", nextFirst)
                .output("nextSecond", nextSecond)
                .done();
    }

    /** Σ·ξ · sigmoid(−100·(o − 0.005)). */
    private static Vec walk(KernelBuilder k, Vec logScales, Vec rotation, Expr opacity) {
        Expr seed = k.uniform("seed");
        Expr step = k.uniform("step");
        Expr row = k.input("row");
        Vec noise =
                Vec.of(
                        Expr.normal(seed, step, Expr.of(0), row),
                        Expr.normal(seed, step, Expr.of(1), row),
                        Expr.normal(seed, step, Expr.of(2), row));
        // a quaternion of length 0 is no rotation
        Expr squared = rotation.squaredNorm().max(Expr.of(NO_ROTATION));
        Mat axes = Mat.rotation(rotation.times(squared.rsqrt()));
        Vec variances = logScales.map(s -> s.times(2).exp());
        Vec drawn = axes.times(axes.transpose().times(noise).times(variances));
        Expr openness = opacity.sigmoid().minus(FAINT).times(-SWITCH).sigmoid();
        return drawn.times(openness);
    }

    /** Plus the derivative of weight · mean e^s by s, the weight divided by the number of sizes. */
    private static Vec penalised(Vec gradient, Vec logScales, Expr weight) {
        return gradient.plus(logScales.map(s -> s.exp().times(weight)));
    }

    /** Plus the derivative of weight · mean opacity by the logit. */
    private static Vec faded(Vec gradient, Vec logits, Expr weight) {
        return gradient.plus(
                logits.map(x -> x.sigmoid().times(x.negate().sigmoid()).times(weight)));
    }

    private static Vec joined(Vec... parts) {
        var all = new ArrayList<Expr>();
        for (Vec part : parts) {
            part.forEach(all::add);
        }
        return Vec.of(all);
    }
}
