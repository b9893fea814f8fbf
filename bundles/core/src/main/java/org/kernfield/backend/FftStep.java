package org.kernfield.backend;

import java.util.Collection;
import java.util.List;

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
        if (!gradients.isNeeded(from)) {
            return;
        }
        var operations = gradients.evaluator().operations();
        Buffer g = gradients.of(into);
        Buffer d = gradients.like(from);
        try (Buffer single = single(gradients.evaluator(), g.type())) {
            if (inverse) {
                operations.realFft(g, d);
                operations.gemm(-1.0 / n, g, false, single, true, 2.0 / n, d);
            } else {
                operations.inverseRealFft(g, d);
                operations.gemm(0.5, g, false, single, false, n / 2.0, d);
            }
        }
        gradients.add(from, d);
    }

    /** What the real parts of single bins are in the signal: bins × n. */
    private Buffer single(Evaluator evaluator, ElementType type) {
        int bins = 2 * (n / 2 + 1);
        var waves = new double[bins * n];
        for (int t = 0; t < n; t++) {
            waves[t] = 1;
            if (n % 2 == 0) {
                waves[n * n + t] = t % 2 == 0 ? 1 : -1;
            }
        }
        Buffer buffer = evaluator.allocate(type, bins, n);
        buffer.write(Array.of(n, waves));
        return buffer;
    }
}
