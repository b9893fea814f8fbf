package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.kernel.Precision;

/**
 * C ← α·op(A)·op(B) + β·C on planes: blocks of rows of C on the workers, column by column, to which
 * columns of op(A) are added four at a time in plain loops that the compiler makes vectors of.
 */
final class PlanarGemm {
    /** Rows of a block, so that a part of op(A) stays in the second cache. */
    private static final int ROWS = 256;

    /** Columns of op(A) that are taken before the next column of C. */
    private static final int DEPTH = 256;

    private final Execution execution;
    private final double alpha;
    private final PlanarBuffer a;
    private final boolean transposeA;
    private final PlanarBuffer b;
    private final boolean transposeB;
    private final double beta;
    private final PlanarBuffer c;
    private final Precision precision;
    private final int rows;
    private final int inner;

    PlanarGemm(
            Execution execution,
            double alpha,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            double beta,
            Buffer c) {
        this.execution = execution;
        this.alpha = alpha;
        this.a = (PlanarBuffer) a;
        this.transposeA = transposeA;
        this.b = (PlanarBuffer) b;
        this.transposeB = transposeB;
        this.beta = beta;
        this.c = (PlanarBuffer) c;
        precision = a.type() == ElementType.F32 ? Precision.F32 : Precision.F64;
        rows = (int) c.rows();
        inner = Math.toIntExact(transposeA ? a.rows() : a.width());
    }

    void run() {
        execution.forEach(
                Math.ceilDiv(rows, ROWS),
                part -> {
                    int from = part * ROWS;
                    block(from, Math.min(ROWS, rows - from));
                });
    }

    private void block(int from, int length) {
        scale(from, length);
        Object left = Numbers.array(precision, (DEPTH + 4) * ROWS);
        for (int k0 = 0; k0 < inner; k0 += DEPTH) {
            int depth = Math.min(DEPTH, inner - k0);
            Numbers.fill(left, depth * ROWS, (depth + 4) * ROWS, 0);
            for (int k = 0; k < depth; k++) {
                column(k0 + k, from, length, left, k * ROWS);
            }
            for (int j = 0; j < c.width(); j++) {
                if (j % 16 == 0) {
                    execution.resources().cancel().check();
                }
                for (int k = 0; k < depth; k += 4) {
                    add(left, k, k0, depth, j, from, length);
                }
            }
        }
    }

    private void scale(int from, int length) {
        for (int j = 0; j < c.width(); j++) {
            int at = c.offset(j) + from;
            if (beta == 0) {
                Numbers.fill(c.data(), at, at + length, 0);
            } else if (beta != 1) {
                for (int i = at; i < at + length; i++) {
                    Numbers.set(c.data(), i, beta * Numbers.get(c.data(), i));
                }
            }
        }
    }

    /** Rows {@code from} on of column {@code k} of op(A). */
    private void column(int k, int from, int length, Object into, int at) {
        if (!transposeA) {
            System.arraycopy(a.data(), a.offset(k) + from, into, at, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            Numbers.set(into, at + i, Numbers.get(a.data(), a.offset(from + i) + k));
        }
    }

    private double right(int k, int j) {
        return alpha * Numbers.get(b.data(), transposeB ? b.offset(k) + j : b.offset(j) + k);
    }

    private void add(Object left, int k, int k0, int depth, int j, int from, int length) {
        double b0 = right(k0 + k, j);
        double b1 = k + 1 < depth ? right(k0 + k + 1, j) : 0;
        double b2 = k + 2 < depth ? right(k0 + k + 2, j) : 0;
        double b3 = k + 3 < depth ? right(k0 + k + 3, j) : 0;
        int at = c.offset(j) + from;
        if (left instanceof float[] floats) {
            add(
                    floats,
                    k * ROWS,
                    (float) b0,
                    (float) b1,
                    (float) b2,
                    (float) b3,
                    (float[]) c.data(),
                    at,
                    length);
        } else {
            add((double[]) left, k * ROWS, b0, b1, b2, b3, (double[]) c.data(), at, length);
        }
    }

    private static void add(
            float[] x,
            int p,
            float b0,
            float b1,
            float b2,
            float b3,
            float[] y,
            int at,
            int length) {
        for (int i = 0; i < length; i++) {
            y[at + i] +=
                    x[p + i] * b0
                            + x[p + ROWS + i] * b1
                            + x[p + 2 * ROWS + i] * b2
                            + x[p + 3 * ROWS + i] * b3;
        }
    }

    private static void add(
            double[] x,
            int p,
            double b0,
            double b1,
            double b2,
            double b3,
            double[] y,
            int at,
            int length) {
        for (int i = 0; i < length; i++) {
            y[at + i] +=
                    x[p + i] * b0
                            + x[p + ROWS + i] * b1
                            + x[p + 2 * ROWS + i] * b2
                            + x[p + 3 * ROWS + i] * b3;
        }
    }
}
