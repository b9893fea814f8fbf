package org.kernfield.splat.train;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.scene.Photograph;

import java.util.Arrays;

/** What the loss reads of one photograph, in a backend's memory. */
final class Target implements AutoCloseable {
    /** Numbers of a pixel: 3 of the truth, 6 of its window, 1 weight. */
    private static final int WIDTH = 10;

    private static final double[] AS_IT_IS = new double[3];

    private final Photograph photograph;
    private final Buffer truth;
    private final Buffer known;
    private final Buffer weights;
    private final Buffer alpha; // null where it is not read

    /**
     * @param readsAlpha whether alpha is read, where the photograph has it
     */
    Target(Photograph photograph, boolean readsAlpha, PhotometricLoss loss, Compute compute) {
        this.photograph = photograph;
        int width = photograph.image().width();
        int height = photograph.image().height();
        truth = compute.upload(Array.of(3, photograph.image().values()));
        known = compute.allocate(ElementType.F32, truth.rows(), 6);
        try (Tape tape = compute.tape()) {
            Tape.Node seen = loss.known(tape, tape.variable(truth), width, height);
            known.write(compute.download(seen.buffer()));
        }
        weights = compute.upload(Array.of(1, weights(photograph)));
        boolean hasAlpha = readsAlpha && photograph.alpha() != null;
        alpha = hasAlpha ? compute.upload(Array.of(1, photograph.alpha())) : null;
    }

    /** Bytes that the target of a photograph takes. */
    static long bytes(Photograph photograph, boolean readsAlpha) {
        int width = WIDTH + (readsAlpha && photograph.alpha() != null ? 1 : 0);
        return photograph.image().pixels() * width * Float.BYTES;
    }

    /** Parts of the whole; all 0 where nothing counts. */
    private static float[] weights(Photograph photograph) {
        var weights = new float[Math.toIntExact(photograph.image().pixels())];
        if (photograph.mask() == null) {
            Arrays.fill(weights, 1f / weights.length);
            return weights;
        }
        double sum = 0;
        for (float weight : photograph.mask()) {
            sum += weight;
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = sum > 0 ? (float) (photograph.mask()[k] / sum) : 0;
        }
        return weights;
    }

    Photograph photograph() {
        return photograph;
    }

    /** Part of the whole loss that each pixel has, pixels × 1. */
    Buffer weights() {
        return weights;
    }

    /**
     * Records the loss of each pixel of a rendering, pixels × 1.
     *
     * @param shift of the background that it is over, see {@link Backdrop#shift}
     */
    Tape.Node loss(Tape tape, Tape.Node rendered, double[] shift, PhotometricLoss loss) {
        int width = photograph.image().width();
        int height = photograph.image().height();
        Tape.Node seen = tape.variable(truth);
        Tape.Node window = tape.variable(known);
        if (alpha != null && !Arrays.equals(shift, AS_IT_IS)) {
            seen = AlphaFormula.over(tape, seen, tape.variable(alpha), shift);
            window = loss.known(tape, seen, width, height);
        }
        return loss.of(tape, rendered, seen, window, width, height);
    }

    /**
     * Records how far what splats cover is from alpha, pixels × 1; null where that is not known.
     *
     * @param transmittance pixels × 1
     */
    Tape.Node alphaLoss(Tape tape, Tape.Node transmittance, double weight) {
        return alpha == null
                ? null
                : AlphaFormula.loss(tape, transmittance, tape.variable(alpha), weight);
    }

    @Override
    public void close() {
        truth.close();
        known.close();
        weights.close();
        if (alpha != null) {
            alpha.close();
        }
    }
}
