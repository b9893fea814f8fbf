package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Matrices for the checks of linear algebra, and products of them by plain loops in float64. */
final class Dense {
    private Dense() {}

    static double unit(ElementType type) {
        return type == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0);
    }

    /** Uniform in [−1, 1). */
    static Array random(ElementType type, int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        Array a = zeros(type, rows, columns);
        for (long k = 0; k < a.elements(); k++) {
            a.set(k, random.nextDouble(-1, 1));
        }
        return a;
    }

    static Array zeros(ElementType type, int rows, int columns) {
        return Array.zeros(type, rows, Math.max(1, columns));
    }

    static Array copy(Array a) {
        return a.as(a.type());
    }

    static double get(Array a, int i, int j) {
        return a.get((long) i * a.width() + j);
    }

    static void set(Array a, int i, int j, double value) {
        a.set((long) i * a.width() + j, value);
    }

    static Array transposed(Array a) {
        Array t = zeros(a.type(), a.width(), (int) a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.width(); j++) {
                set(t, j, i, get(a, i, j));
            }
        }
        return t;
    }

    /** A·B in float64. */
    static Array product(Array a, Array b) {
        return product(a, b, false);
    }

    /** |A|·|B| in float64, by which roundings are measured. */
    static Array sizes(Array a, Array b) {
        return product(a, b, true);
    }

    private static Array product(Array a, Array b, boolean absolute) {
        int m = (int) a.rows();
        int n = b.width();
        int depth = a.width();
        double[] right = values(b, absolute);
        double[] left = values(a, absolute);
        var sums = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < depth && b.rows() > 0; k++) {
                double factor = left[i * depth + k];
                for (int j = 0; j < n; j++) {
                    sums[i * n + j] += factor * right[k * n + j];
                }
            }
        }
        return Array.of(n, sums);
    }

    private static double[] values(Array a, boolean absolute) {
        var values = new double[(int) a.elements()];
        for (int k = 0; k < values.length; k++) {
            values[k] = absolute ? Math.abs(a.get(k)) : a.get(k);
        }
        return values;
    }

    static Array diagonal(int n, IntToDoubleFunction value) {
        Array d = zeros(ElementType.F64, n, n);
        for (int i = 0; i < n; i++) {
            set(d, i, i, value.applyAsDouble(i));
        }
        return d;
    }

    /** 1/(1 + |i − j|²/ℓ²), and a ridge: a Gram matrix, for large ℓ ill-conditioned. */
    static Array gram(ElementType type, int n, double lengthscale, double ridge) {
        Array a = zeros(type, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double r = (i - j) / lengthscale;
                set(a, i, j, 1 / (1 + r * r) + (i == j ? ridge : 0));
            }
        }
        return a;
    }

    /** A random symmetric matrix, indefinite, a tenth of its diagonal zeros. */
    static Array indefinite(ElementType type, int n, long seed) {
        Array a = random(type, n, n, seed);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                set(a, j, i, get(a, i, j));
            }
            if (i % 10 == 3) {
                set(a, i, i, 0);
            }
        }
        return a;
    }

    /** NaN in the triangle that no call may read. */
    static Array spoiled(Array a, boolean above) {
        Array spoiled = copy(a);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.width(); j++) {
                if (above ? j > i : j < i) {
                    set(spoiled, i, j, Double.NaN);
                }
            }
        }
        return spoiled;
    }

    /** The triangle alone, zeros in the other. */
    static Array triangle(Array a, boolean lower) {
        Array t = copy(a);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.width(); j++) {
                if (lower ? j > i : j < i) {
                    set(t, i, j, 0);
                }
            }
        }
        return t;
    }

    /** Rows in another order. */
    static Array rows(Array a, int[] order) {
        Array b = zeros(a.type(), order.length, a.width());
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < a.width(); j++) {
                set(b, i, j, get(a, order[i], j));
            }
        }
        return b;
    }

    /** The largest element of |A|. */
    static double largest(Array a) {
        double largest = 0;
        for (long k = 0; k < a.elements(); k++) {
            double size = Math.abs(a.get(k));
            largest = size > largest || Double.isNaN(size) ? size : largest;
        }
        return largest;
    }

    /** |A − B| ≤ bound everywhere. */
    static void near(String what, Array a, Array b, double bound) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.width(); j++) {
                near(what, i, j, get(a, i, j), get(b, i, j), bound);
            }
        }
    }

    /** |A − B| ≤ factor·S, element by element. */
    static void near(String what, Array a, Array b, Array sizes, double factor) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.width(); j++) {
                near(what, i, j, get(a, i, j), get(b, i, j), factor * get(sizes, i, j));
            }
        }
    }

    private static void near(String what, int i, int j, double x, double y, double bound) {
        if (!(Math.abs(x - y) <= bound)) {
            throw new AssertionError(
                    "%s: element (%d, %d) is %s instead of %s, which is more than %.2g away"
                            .formatted(what, i, j, x, y, bound));
        }
    }

    static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
