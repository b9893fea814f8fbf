package org.kernfield.backend;

import java.util.Collection;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A recorded Fourier transform of length n. A bin of {@link BufferOperations#realFft} stands for
 * two conjugate numbers, except the first and, for even n, the last, called single. So the
 * transpose of one direction is the other one, times n/2 or 2/n, but for the single bins:
 *
 * <pre>
 *   d_x = n/2 · inverse(d_X) + 1/2 · Σ single real parts of d_X
 *   d_X = 2/n · forward(d_x) − 1/n · single bins of forward(d_x)
 * </pre>
 *
 * @param n numbers in a row of the signal
 */
record FftStep(Tape.Node from, Tape.Node into, int n, boolean inverse) implements TapeStep {
    @Override
    public Collection<Tape.Node> inputs() {
        return List.of(from);
    }

    @Override
    public Collection<Tape.Node> outputs() {
        return List.of(into);
    }

    @Override
    public void back(TapeGradients gradients) {
        if (gradients.isNeeded(from)) {
            Buffer g = gradients.of(into);
            gradients.add(from, d -> transpose(gradients.evaluator(), g, d));
        }
    }

    private void transpose(Evaluator evaluator, Buffer g, Buffer d) {
        if (inverse) {
            evaluator.operations().realFft(g, d);
        } else {
            evaluator.operations().inverseRealFft(g, d);
        }
        correct(evaluator, g, d, 0, inverse ? 2.0 / n : n / 2.0);
        if (n % 2 == 0) {
            correct(evaluator, g, d, n, 1);
        }
    }

    /**
     * Scales {@code d} and adds what is due to a single bin.
     *
     * @param place of its real part in a row of the spectrum: 0 or n
     */
    private void correct(Evaluator evaluator, Buffer g, Buffer d, int place, double scale) {
        var operations = evaluator.operations();
        int bins = inverse ? d.width() : g.width();
        try (Buffer bin = row(evaluator, g.type(), bins, k -> k == place ? 1 : 0);
                Buffer wave = row(evaluator, g.type(), n, t -> place > 0 && t % 2 == 1 ? -1 : 1);
                Buffer single = evaluator.allocate(g.type(), g.rows(), 1)) {
            operations.gemm(1, g, false, inverse ? wave : bin, true, 0, single);
            double factor = inverse ? -1.0 / n : 0.5;
            operations.gemm(factor, single, false, inverse ? bin : wave, false, scale, d);
        }
    }

    private static Buffer row(
            Evaluator evaluator, ElementType type, int width, IntToDoubleFunction number) {
        Array numbers = Array.zeros(type, 1, width);
        for (int k = 0; k < width; k++) {
            numbers.set(k, number.applyAsDouble(k));
        }
        Buffer row = evaluator.allocate(type, 1, width);
        row.write(numbers);
        return row;
    }
}
