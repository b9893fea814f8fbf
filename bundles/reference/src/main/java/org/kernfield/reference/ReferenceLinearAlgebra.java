package org.kernfield.reference;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.reference.internal.Jacobi;
import org.kernfield.reference.internal.Matrix;

/**
 * Dense linear algebra by the textbook loops in float64 (G. H. Golub and C. F. Van Loan, Matrix
 * Computations, 4th edition: algorithms 4.2.1, 3.1.1, 8.5.3 and section 8.6.3).
 */
public class ReferenceLinearAlgebra implements LinearAlgebra {
    @Override
    public final String name() {
        return "reference";
    }

    @Override
    public final void gemm(
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c) {
        oneType(a, b, c);
        Matrix left = transposeA ? Matrix.of(a).transposed() : Matrix.of(a);
        Matrix right = transposeB ? Matrix.of(b).transposed() : Matrix.of(b);
        require(
                left.rows == c.rows() && left.columns == right.rows && right.columns == c.width(),
                "gemm: %s times %s into %s; make the shapes fit".formatted(left, right, shape(c)));
        multiplyInto(alpha, left, right, beta, c);
    }

    @Override
    public final void syrk(double alpha, Array a, double beta, Array c) {
        oneType(a, c);
        Matrix left = Matrix.of(a);
        require(
                c.rows() == left.rows && c.width() == left.rows,
                "syrk: %s into %s; make the shapes fit".formatted(left, shape(c)));
        multiplyInto(alpha, left, left.transposed(), beta, c);
    }

    /** β = 0 overwrites, as in BLAS, whatever C held. */
    private static void multiplyInto(
            double alpha, Matrix left, Matrix right, double beta, Array c) {
        Matrix product = left.times(right);
        for (int i = 0; i < product.rows; i++) {
            for (int j = 0; j < product.columns; j++) {
                long at = (long) i * product.columns + j;
                double before = beta == 0 ? 0 : beta * c.get(at);
                c.set(at, alpha * product.get(i, j) + before);
            }
        }
    }

    @Override
    public final int potrf(Array a) {
        oneType(a);
        require(a.rows() == a.width(), "potrf: " + shape(a) + " is not square; give n × n");
        Matrix l = Matrix.of(a);
        int n = l.rows;
        for (int j = 0; j < n; j++) {
            double pivot = l.get(j, j) - l.rowDot(j, j, j);
            if (!(pivot > 0)) {
                return j + 1;
            }
            l.set(j, j, Math.sqrt(pivot));
            for (int i = j + 1; i < n; i++) {
                l.set(i, j, (l.get(i, j) - l.rowDot(i, j, j)) / l.get(j, j));
                l.set(j, i, 0);
            }
        }
        l.store(a);
        return 0;
    }

    @Override
    public final void trsm(Array l, boolean transpose, Array b) {
        oneType(l, b);
        require(
                l.rows() == l.width() && l.rows() == b.rows(),
                "trsm: %s against %s; make the shapes fit".formatted(shape(l), shape(b)));
        Matrix lower = Matrix.of(l);
        Matrix x = Matrix.of(b);
        int n = lower.rows;
        for (int step = 0; step < n; step++) {
            int i = transpose ? n - 1 - step : step;
            for (int r = 0; r < x.columns; r++) {
                double sum = x.get(i, r);
                for (int k = transpose ? i + 1 : 0; k < (transpose ? n : i); k++) {
                    sum -= (transpose ? lower.get(k, i) : lower.get(i, k)) * x.get(k, r);
                }
                x.set(i, r, sum / lower.get(i, i));
            }
        }
        x.store(b);
    }

    @Override
    public final void symmetricEigen(Array a, Array eigenvalues) {
        oneType(a, eigenvalues);
        require(
                a.rows() == a.width() && eigenvalues.rows() == a.rows() && eigenvalues.width() == 1,
                "symmetricEigen: %s with eigenvalues %s; give n × n and n × 1"
                        .formatted(shape(a), shape(eigenvalues)));
        Matrix matrix = Matrix.of(a);
        Matrix vectors = Jacobi.diagonalise(matrix);
        int[] ascending = matrix.diagonalAscending();
        for (int k = 0; k < ascending.length; k++) {
            eigenvalues.set(k, matrix.get(ascending[k], ascending[k]));
        }
        vectors.columns(ascending).store(a);
    }

    @Override
    public final void svd(Array a, Array u, Array s, Array v) {
        oneType(a, u, s, v);
        long k = Math.min(a.rows(), a.width());
        require(
                u.rows() == a.rows()
                        && u.width() == k
                        && s.rows() == k
                        && s.width() == 1
                        && v.rows() == a.width()
                        && v.width() == k,
                "svd: %s into u %s, s %s, v %s; give m × k, k × 1 and n × k"
                        .formatted(shape(a), shape(u), shape(s), shape(v)));
        boolean wide = a.rows() < a.width();
        Matrix tall = wide ? Matrix.of(a).transposed() : Matrix.of(a);
        var factors = Jacobi.singular(tall);
        for (int j = 0; j < k; j++) {
            s.set(j, factors.values()[j]);
        }
        factors.left().store(wide ? v : u);
        factors.right().store(wide ? u : v);
    }

    private static void oneType(Array... arrays) {
        for (Array array : arrays) {
            boolean real = array.type() == ElementType.F32 || array.type() == ElementType.F64;
            require(
                    real && array.type() == arrays[0].type(),
                    "linear algebra on %s and %s; give one type, F32 or F64"
                            .formatted(arrays[0].type(), array.type()));
        }
    }

    private static String shape(Array array) {
        return array.rows() + " × " + array.width();
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
