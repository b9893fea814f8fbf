package org.kernfield.backend;

import java.util.Collection;
import java.util.List;

/** A recorded product C = op(A)·op(B); with G the gradient of C, op(A)'s is G·op(B)ᵀ. */
record GemmStep(Tape.Node a, boolean transposeA, Tape.Node b, boolean transposeB, Tape.Node c)
        implements TapeStep {
    @Override
    public Collection<Tape.Node> inputs() {
        return List.of(a, b);
    }

    @Override
    public Collection<Tape.Node> outputs() {
        return List.of(c);
    }

    @Override
    public void back(TapeGradients gradients) {
        var operations = gradients.evaluator().operations();
        Buffer g = gradients.of(c);
        if (gradients.isNeeded(a)) {
            gradients.add(
                    a,
                    d -> {
                        if (transposeA) {
                            // Aᵀ's gradient is G·op(B)ᵀ, so A's is op(B)·Gᵀ
                            operations.gemm(1, b.buffer(), transposeB, g, true, 0, d);
                        } else {
                            operations.gemm(1, g, false, b.buffer(), !transposeB, 0, d);
                        }
                    });
        }
        if (gradients.isNeeded(b)) {
            gradients.add(
                    b,
                    d -> {
                        if (transposeB) {
                            operations.gemm(1, g, true, a.buffer(), transposeA, 0, d);
                        } else {
                            operations.gemm(1, a.buffer(), !transposeA, g, false, 0, d);
                        }
                    });
        }
    }
}
