package org.kernfield.backend;

import org.kernfield.backend.LinearAlgebra.Side;

/**
 * Whether the arguments of {@link LinearAlgebra} fit together, for its implementations. Every check
 * throws {@link IllegalArgumentException} with the shapes and what to give.
 */
public final class LinearAlgebraCheck {
    private LinearAlgebraCheck() {}

    public static void gemm(
            int batch, Array a, boolean transposeA, Array b, boolean transposeB, Array c) {
        oneType(a, b, c);
        batch(batch, a, b, c);
        long m = transposeA ? a.width() : a.rows() / batch;
        long k = transposeA ? a.rows() / batch : a.width();
        long inner = transposeB ? b.width() : b.rows() / batch;
        long n = transposeB ? b.rows() / batch : b.width();
        require(
                c.rows() / batch == m && k == inner && c.width() == n,
                "gemm: %d × %d times %d × %d into %d × %d; make the shapes fit"
                        .formatted(m, k, inner, n, c.rows() / batch, c.width()));
    }

    public static void syrk(Array a, boolean transpose, Array c) {
        oneType(a, c);
        long n = transpose ? a.width() : a.rows();
        require(
                c.rows() == n && c.width() == n,
                "syrk: %s%s into %s; make the shapes fit"
                        .formatted(shape(a), transpose ? " transposed" : "", shape(c)));
    }

    public static void trsm(int batch, Side side, Array t, Array b) {
        oneType(t, b);
        batch(batch, t, b);
        long n = side == Side.LEFT ? b.rows() / batch : b.width();
        require(
                t.rows() / batch == t.width() && t.width() == n,
                "trsm: %d × %d against %d × %d; make the shapes fit"
                        .formatted(t.rows() / batch, t.width(), b.rows() / batch, b.width()));
    }

    /** For {@code potrf}, {@code pstrf} and {@code sytrf}. */
    public static void square(String call, int batch, Array a) {
        oneType(a);
        batch(batch, a);
        require(
                a.rows() == (long) a.width() * batch || a.rows() == 0,
                call + ": " + shape(a) + " is not square; give n × n");
    }

    public static void pivots(String call, Array a, int[] pivots) {
        square(call, 1, a);
        require(
                pivots.length == a.rows(),
                call + ": " + pivots.length + " pivots for " + shape(a) + "; give one a row");
    }

    public static void sytrs(Array factor, int[] pivots, Array b) {
        pivots("sytrs", factor, pivots);
        oneType(factor, b);
        require(
                b.rows() == factor.rows(),
                "sytrs: %s against %s; make the shapes fit".formatted(shape(factor), shape(b)));
    }

    public static void geqrf(Array a, Array tau) {
        oneType(a, tau);
        require(
                tau.rows() == Math.min(a.rows(), a.width()) && tau.width() == 1,
                "geqrf: %s with tau %s; give min(m, n) × 1".formatted(shape(a), shape(tau)));
    }

    public static void geqp3(Array a, Array tau, int[] pivots) {
        geqrf(a, tau);
        require(
                pivots.length == a.width(),
                "geqp3: %d pivots for %s; give one a column".formatted(pivots.length, shape(a)));
    }

    public static void ormqr(Array factor, Array tau, Array c) {
        geqrf(factor, tau);
        oneType(factor, c);
        require(
                c.rows() == factor.rows(),
                "ormqr: %s against %s; make the shapes fit".formatted(shape(factor), shape(c)));
    }

    public static void symmetricEigen(Array a, Array eigenvalues) {
        square("symmetricEigen", 1, a);
        oneType(a, eigenvalues);
        require(
                eigenvalues.rows() == a.rows() && eigenvalues.width() == 1,
                "symmetricEigen: %s with eigenvalues %s; give n × n and n × 1"
                        .formatted(shape(a), shape(eigenvalues)));
    }

    public static void svd(Array a, Array u, Array s, Array v) {
        oneType(a, u, s, v);
        long k = Math.min(a.rows(), a.width());
        boolean fits = u.rows() == a.rows() && s.rows() == k && s.width() == 1;
        // an array has a column at least, so with k = 0 there is no width to compare
        fits &= v.rows() == a.width() && (k == 0 || (u.width() == k && v.width() == k));
        require(
                fits,
                "svd: %s into u %s, s %s, v %s; give m × k, k × 1 and n × k"
                        .formatted(shape(a), shape(u), shape(s), shape(v)));
    }

    private static void batch(int batch, Array... arrays) {
        require(batch >= 1, "linear algebra: a batch of " + batch + "; give 1 or more");
        for (Array array : arrays) {
            require(
                    array.rows() % batch == 0,
                    "linear algebra: %s is no batch of %d; make the shapes fit"
                            .formatted(shape(array), batch));
        }
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
