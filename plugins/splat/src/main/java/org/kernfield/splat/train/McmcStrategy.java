package org.kernfield.splat.train;

import org.kernfield.numerics.WeightedSampling;
import org.kernfield.scene.Splats;
import org.kernfield.splat.DensityStrategy;
import org.osgi.service.component.annotations.Component;

import java.util.Arrays;

/**
 * Splats as samples of a distribution: those that have faded move to where opaque ones are, a few
 * more are added the same way up to the cap, and all walk a little at random.
 *
 * <p>Source: S. Kheradmand and others, 3D Gaussian splatting as Markov chain Monte Carlo (2024).
 */
@Component(service = DensityStrategy.class)
public final class McmcStrategy implements DensityStrategy {
    static final String NAME = "mcmc";

    /** Opacity at which a splat counts as dead. */
    private static final double DEAD = 0.005;

    private static final double EXPLORATION = 5e5;
    private static final double PENALTY = 0.01;

    /** Growth at each refinement, at least; more where the cap would not be reached in time. */
    private static final double GROWTH = 1.05;

    private static final double LARGEST_GROWTH = 2;

    /** Part of the refinements after which there are as many as may be. */
    private static final double GROWN = 0.5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "splats as a Markov chain, up to a cap";
    }

    @Override
    public double exploration() {
        return EXPLORATION;
    }

    @Override
    public double opacityPenalty() {
        return PENALTY;
    }

    @Override
    public double scalePenalty() {
        return PENALTY;
    }

    @Override
    public Refined refine(Splats splats, Watched watched, Stage stage) {
        int n = splats.count();
        var weights = new float[n];
        int living = 0;
        for (int k = 0; k < n; k++) {
            double opacity = Logistic.of(splats.opacities()[k]);
            boolean lives = opacity > DEAD;
            weights[k] = lives ? (float) opacity : 0;
            living += lives ? 1 : 0;
        }
        int total = Math.max(n, grown(n, stage));
        if (living == 0 || total == living) {
            return Unchanging.same(splats);
        }
        var order = new int[n];
        Arrays.setAll(order, k -> k);
        int[] drawn = WeightedSampling.draw(weights, order, total - living, stage.seed());
        return placed(splats, weights, drawn, total);
    }

    private static int grown(int n, Stage stage) {
        double rounds = Math.max(1, stage.roundsLeft() * GROWN);
        double needed = Math.pow((double) stage.cap() / n, 1 / rounds);
        double growth = Math.clamp(needed, GROWTH, LARGEST_GROWTH);
        return (int) Math.min(stage.cap(), Math.ceil(n * growth));
    }

    /** The living first, in their order, then the new ones, each where a living one is. */
    private static Refined placed(Splats splats, float[] weights, int[] drawn, int total) {
        var copies = new int[splats.count()];
        for (int k : drawn) {
            copies[k]++;
        }
        var from = new int[total];
        var origin = new int[total];
        int at = 0;
        for (int k = 0; k < copies.length; k++) {
            if (weights[k] > 0) {
                from[at] = k;
                origin[at++] = copies[k] > 0 ? -1 : k;
            }
        }
        for (int k : drawn) {
            from[at] = k;
            origin[at++] = -1;
        }
        Splats placed = splats.select(from);
        for (int row = 0; row < total; row++) {
            int parent = from[row];
            if (copies[parent] > 0) {
                int together = Math.min(copies[parent] + 1, Relocation.MOST);
                var each = Relocation.of(weights[parent], together);
                placed.opacities()[row] = (float) Logistic.inverse(each.opacity());
                for (int c = 0; c < 3; c++) {
                    placed.logScales()[3 * row + c] += (float) Math.log(each.scale());
                }
            }
        }
        return new Refined(placed, origin);
    }
}
