package org.kernfield.splat.train;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Vec;

/** What is made of the alpha of a photograph, pixel by pixel. */
final class AlphaFormula {
    private static final String ALPHA = "alpha";
    private static final String TRUTH = "truth";
    private static final String SHIFT = "shift";
    private static final String WEIGHT = "weight";
    private static final String LOSS = "loss";

    private static final Reduction OVER = Reduction.map(over());
    private static final Reduction DIFFERENCE = Reduction.map(difference());

    private AlphaFormula() {}

    /** y + (1 − α)·(b − b₀). */
    private static Kernel over() {
        KernelBuilder k = Kernel.build("truth over");
        Vec truth = k.input(TRUTH, 3);
        Expr open = Expr.of(1).minus(k.input(ALPHA));
        return k.output(TRUTH + "Over", truth.plus(k.uniform(SHIFT, 3).times(open))).done();
    }

    /** λ·|1 − T − α|. */
    private static Kernel difference() {
        KernelBuilder k = Kernel.build("alpha loss");
        Expr covered = Expr.of(1).minus(k.input(Compositing.TRANSMITTANCE));
        Expr loss = covered.minus(k.input(ALPHA)).abs().times(k.uniform(WEIGHT));
        return k.output(LOSS, loss).done();
    }

    /**
     * A photograph over another background.
     *
     * @param truth pixels × 3
     * @param alpha pixels × 1
     * @param shift b − b₀, see {@link Backdrop#shift}
     * @return pixels × 3
     */
    static Tape.Node over(Tape tape, Tape.Node truth, Tape.Node alpha, double[] shift) {
        TapeArgs pixels = TapeArgs.rows(truth.buffer().rows());
        return tape.reduce(OVER, pixels.with(TRUTH, truth).with(ALPHA, alpha).with(SHIFT, shift))
                .get(TRUTH + "Over");
    }

    /**
     * How far what splats cover is from what the photograph says.
     *
     * @param transmittance pixels × 1
     * @param alpha pixels × 1
     * @param weight λ
     * @return pixels × 1
     */
    static Tape.Node loss(Tape tape, Tape.Node transmittance, Tape.Node alpha, double weight) {
        TapeArgs pixels = TapeArgs.rows(alpha.buffer().rows());
        return tape.reduce(
                        DIFFERENCE,
                        pixels.with(Compositing.TRANSMITTANCE, transmittance)
                                .with(ALPHA, alpha)
                                .with(WEIGHT, weight))
                .get(LOSS);
    }
}
