package org.kernfield.splat.train;

import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.List;

/**
 * How a rendered picture differs from a photograph, pixel by pixel: 0.8·|x − y| + 0.2·(1 − SSIM),
 * averaged over the channels. SSIM's local moments are sums over stencils, so the tape carries the
 * derivative back through them.
 *
 * <p>Source: B. Kerbl and others, 3D Gaussian splatting for real-time radiance field rendering
 * (2023), equation 7.
 */
final class PhotometricLoss {
    private static final double DISSIMILARITY = 0.2;
    private static final int CHANNELS = 3;

    /** (0.01 · range)² and (0.03 · range)². */
    private static final double C1 = 1e-4;

    private static final double C2 = 9e-4;

    private final Reduction moments = Reduction.map(momentsOf());
    private final Reduction truths = Reduction.map(truthOf());
    private final Reduction difference = Reduction.map(differenceOf());
    private final SimilarityWindow window9 = new SimilarityWindow(3 * CHANNELS);
    private final SimilarityWindow window6 = new SimilarityWindow(2 * CHANNELS);

    /** x, x², x·y of each channel. */
    private static Kernel momentsOf() {
        KernelBuilder k = Kernel.build("moments");
        Vec x = k.input("rendered", CHANNELS);
        Vec y = k.input("truth", CHANNELS);
        return k.output("moments", joined(x, x.times(x), x.times(y))).done();
    }

    /** y, y² of each channel. */
    private static Kernel truthOf() {
        KernelBuilder k = Kernel.build("truth");
        Vec y = k.input("truth", CHANNELS);
        return k.output("moments", joined(y, y.times(y))).done();
    }

    private static Kernel differenceOf() {
        KernelBuilder k = Kernel.build("loss");
        Vec x = k.input("rendered", CHANNELS);
        Vec y = k.input("truth", CHANNELS);
        Vec seen = k.input("seen", 3 * CHANNELS);
        Vec known = k.input("known", 2 * CHANNELS);
        Expr sum = Expr.of(0);
        for (int c = 0; c < CHANNELS; c++) {
            Expr mx = seen.get(c);
            Expr my = known.get(c);
            Expr varianceX = seen.get(CHANNELS + c).minus(mx.square());
            Expr varianceY = known.get(CHANNELS + c).minus(my.square());
            Expr covariance = seen.get(2 * CHANNELS + c).minus(mx.times(my));
            // (2·mx·my + C1)(2·cov + C2) / ((mx² + my² + C1)(vx + vy + C2))
            Expr above = mx.times(my).times(2).plus(C1).times(covariance.times(2).plus(C2));
            Expr below =
                    mx.square()
                            .plus(my.square())
                            .plus(C1)
                            .times(varianceX.plus(varianceY).plus(C2));
            Expr dissimilarity = Expr.of(1).minus(above.dividedBy(below));
            Expr distance = x.get(c).minus(y.get(c)).abs();
            sum =
                    sum.plus(distance.times(1 - DISSIMILARITY))
                            .plus(dissimilarity.times(DISSIMILARITY));
        }
        return k.output("loss", sum.dividedBy(CHANNELS)).done();
    }

    private static Vec joined(Vec... parts) {
        var all = new ArrayList<Expr>();
        for (Vec part : parts) {
            part.forEach(all::add);
        }
        return Vec.of(all);
    }

    /**
     * What the loss reads of a photograph beside its pixels; it may be kept.
     *
     * @param truth pixels × 3
     * @return pixels × 6
     */
    Tape.Node known(Tape tape, Tape.Node truth, int width, int height) {
        Tape.Node values =
                tape.reduce(truths, TapeArgs.rows((long) width * height).with("truth", truth))
                        .get("moments");
        return window6.means(tape, values, width, height);
    }

    /**
     * Records the loss of each pixel.
     *
     * @param rendered pixels × 3
     * @param truth pixels × 3
     * @param known of the truth, see {@link #known}
     * @return pixels × 1
     */
    Tape.Node of(
            Tape tape,
            Tape.Node rendered,
            Tape.Node truth,
            Tape.Node known,
            int width,
            int height) {
        TapeArgs pixels = TapeArgs.rows((long) width * height);
        TapeArgs pair = pixels.with("rendered", rendered).with("truth", truth);
        Tape.Node values = tape.reduce(moments, pair).get("moments");
        Tape.Node seen = window9.means(tape, values, width, height);
        return tape.reduce(difference, pair.with("seen", seen).with("known", known)).get("loss");
    }

    /** Everything it runs, forward. */
    List<Reduction> reductions() {
        return List.of(moments, truths, difference);
    }
}
