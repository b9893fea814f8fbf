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
    /** Numbers of a pixel: 3 of the truth, 1 weight. */
    private static final int WIDTH = 4;

    /** Those of its window. */
    private static final int WINDOW = 6;

    private final Photograph photograph;
    private final Buffer truth;
    private final Buffer known; // null where the truth is another one at each step
    private final Buffer weights;
    private final Buffer alpha; // null where it is not read

    /**
     * @param reading what is read of alpha
     */
    Target(Photograph photograph, AlphaReading reading, PhotometricLoss loss, Compute compute) {
        this.photograph = photograph;
        truth = compute.upload(Array.of(3, photograph.image().values()));
        known = reading.shifts(photograph) ? null : known(loss, compute);
        weights = compute.upload(Array.of(1, weights(photograph)));
        alpha = reading.isRead() ? compute.upload(Array.of(1, alpha(photograph))) : null;
    }

    private Buffer known(PhotometricLoss loss, Compute compute) {
        Buffer known = compute.allocate(ElementType.F32, truth.rows(), WINDOW);
        try (Tape tape = compute.tape()) {
            Tape.Node seen =
                    loss.known(
                            tape,
                            tape.variable(truth),
                            photograph.image().width(),
                            photograph.image().height());
            known.write(compute.download(seen.buffer()));
        }
        return known;
    }

    /** Everything is covered where nothing is said. */
    private static float[] alpha(Photograph photograph) {
        if (photograph.alpha() != null) {
            return photograph.alpha();
        }
        var covered = new float[Math.toIntExact(photograph.image().pixels())];
        Arrays.fill(covered, 1);
        return covered;
    }

    /** Bytes that the target of a photograph takes. */
    static long bytes(Photograph photograph, AlphaReading reading) {
        int width = WIDTH + (reading.shifts(photograph) ? 0 : WINDOW) + (reading.isRead() ? 1 : 0);
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
        if (known != null) {
            return loss.of(tape, rendered, seen, tape.variable(known), width, height);
        }
        Tape.Node over = AlphaFormula.over(tape, seen, tape.variable(alpha), shift);
        Tape.Node window = loss.known(tape, over, width, height);
        return loss.of(tape, rendered, over, window, width, height);
    }

    /**
     * Records how far what splats cover is from alpha, pixels × 1; null where it is not read.
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
        if (known != null) {
            known.close();
        }
        weights.close();
        if (alpha != null) {
            alpha.close();
        }
    }
}
