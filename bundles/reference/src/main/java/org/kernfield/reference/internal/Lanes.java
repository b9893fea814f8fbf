package org.kernfield.reference.internal;

import org.kernfield.kernel.Op;
import org.kernfield.kernel.Slot;

import java.util.Arrays;

/**
 * Evaluates lines of a program for a block of rows or pairs at a time, a line after the other over
 * all lanes, so that decoding a line costs nothing against computing it.
 */
class Lanes {
    final Code code;
    final double[][] value;
    final Reader[] readers;

    Lanes(Code code, Reader[] readers, int lanes) {
        this.code = code;
        this.readers = readers;
        this.value = new double[code.lines][lanes];
    }

    /** How many lanes are worth evaluating together: enough to hide decoding, few enough for L2. */
    static int lanes(int lines) {
        return Math.clamp((1 << 15) / Math.max(1, lines), 16, 256);
    }

    /** Bytes that a place for {@code lines × lanes} takes. */
    static long bytes(int lines, int lanes) {
        return 8L * lines * lanes;
    }

    /** Computes lines for the rows that {@code index} gives each lane. */
    final void evaluate(int[] lines, Index index, int lanes) {
        for (int line : lines) {
            if (code.isLoad(line)) {
                load(line, index, lanes);
            } else if (code.op[line] == null) {
                constant(line, lanes);
            } else {
                apply(line, lanes);
            }
        }
    }

    /** Computes lines for one row, the same in all lanes. */
    final void broadcast(int[] lines, int row, int lanes) {
        evaluate(lines, (role, lane) -> row, 1);
        for (int line : lines) {
            spread(line, lanes);
        }
    }

    /** What each lane contributes to component {@code result}; valid until the next call. */
    double[] terms(int result, int lanes) {
        return value[code.results[result]];
    }

    /** The least that component {@code result} may be in each lane. */
    double[] low(int result, int lanes) {
        return value[code.results[result]];
    }

    /** The greatest that component {@code result} may be in each lane. */
    double[] high(int result, int lanes) {
        return value[code.results[result]];
    }

    /** Component {@code result} in each lane. */
    final double[] values(int result) {
        return value[code.results[result]];
    }

    void load(int line, Index index, int lanes) {
        int slot = code.a[line];
        Slot.Role role = code.slots.get(slot).role();
        int component = code.b[line];
        double[] z = value[line];
        for (int k = 0; k < lanes; k++) {
            z[k] = readers[slot].get(index.row(role, k), component);
        }
    }

    void constant(int line, int lanes) {
        Arrays.fill(value[line], 0, lanes, code.constant[line]);
    }

    void spread(int line, int lanes) {
        Arrays.fill(value[line], 1, lanes, value[line][0]);
    }

    void apply(int line, int lanes) {
        double[] x = value[code.a[line]];
        double[] y = value[code.b[line]];
        double[] w = value[code.c[line]];
        double[] z = value[line];
        switch (code.op[line]) {
            case ADD -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = x[k] + y[k];
                }
            }
            case SUBTRACT -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = x[k] - y[k];
                }
            }
            case MULTIPLY -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = x[k] * y[k];
                }
            }
            case DIVIDE -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = x[k] / y[k];
                }
            }
            case FMA -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = Math.fma(x[k], y[k], w[k]);
                }
            }
            case LESS -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = x[k] < y[k] ? 1 : 0;
                }
            }
            case SELECT -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = x[k] != 0 ? y[k] : w[k];
                }
            }
            case EXP -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = Math.exp(x[k]);
                }
            }
            case RANDOM -> {
                double[] v = value[code.d[line]];
                for (int k = 0; k < lanes; k++) {
                    z[k] = Op.RANDOM.apply(x[k], y[k], w[k], v[k]);
                }
            }
            default -> {
                for (int k = 0; k < lanes; k++) {
                    z[k] = code.op[line].apply(x[k], y[k], w[k]);
                }
            }
        }
    }
}
