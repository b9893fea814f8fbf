package org.kernfield.testkit;

import static org.kernfield.testkit.Dense.copy;
import static org.kernfield.testkit.Dense.get;
import static org.kernfield.testkit.Dense.near;
import static org.kernfield.testkit.Dense.product;
import static org.kernfield.testkit.Dense.random;
import static org.kernfield.testkit.Dense.require;
import static org.kernfield.testkit.Dense.set;
import static org.kernfield.testkit.Dense.sizes;
import static org.kernfield.testkit.Dense.transposed;
import static org.kernfield.testkit.Dense.triangle;
import static org.kernfield.testkit.Dense.unit;
import static org.kernfield.testkit.Dense.zeros;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;

import java.util.Arrays;

/**
 * What the results of every linear algebra must be, by residuals: backward errors in units of n·ε.
 * Each check throws an {@link AssertionError} that says what failed.
 */
public final class LinearAlgebraChecks {
    private final LinearAlgebra algebra;
    private final ElementType type;
    private final double unit;

    /**
     * @param type of the matrices, F32 or F64, whose precision is demanded
     */
    public LinearAlgebraChecks(LinearAlgebra algebra, ElementType type) {
        this.algebra = algebra;
        this.type = type;
        this.unit = unit(type);
    }

    /** {@code gemm} for all transpositions, at any scale of both sides. */
    public void multiplies(int m, int depth, int n) {
        Array a = random(type, m, depth, 1);
        Array b = random(type, depth, n, 2);
        Array before = random(type, m, n, 3);
        Array wanted = product(a, b);
        Array bound = sizes(a, b);
        for (long k = 0; k < wanted.elements(); k++) {
            wanted.set(k, 1.5 * wanted.get(k) - 2 * before.get(k));
            bound.set(k, 1.5 * bound.get(k) + 2 * Math.abs(before.get(k)));
        }
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                Array c = copy(before);
                Array x = left ? transposed(a) : a;
                Array y = right ? transposed(b) : b;
                algebra.gemm(1.5, x, left, y, right, -2, c);
                String what = "gemm %d × %d × %d %s %s".formatted(m, depth, n, left, right);
                near(what, c, wanted, bound, (depth + 3) * unit);
            }
        }
    }

    /** β = 0 overwrites NaN; α = 0 multiplies all the same, NaN stays NaN. */
    public void overwritesOrScales() {
        Array c = zeros(type, 3, 3);
        c.set(4, Double.NaN);
        algebra.gemm(1, random(type, 3, 2, 1), false, random(type, 2, 3, 2), false, 0, c);
        require(Dense.largest(c) < 3, "gemm with β = 0 lets NaN through");
        Array a = random(type, 3, 2, 1);
        a.set(0, Double.NaN);
        algebra.gemm(1, a, false, random(type, 2, 3, 2), false, 1, c);
        for (int j = 0; j < 3; j++) {
            require(Double.isNaN(get(c, 0, j)), "gemm loses NaN");
            require(!Double.isNaN(get(c, 1, j)), "gemm spreads NaN to another row");
        }
    }

    /** {@code syrk}: both triangles, the upper one of C is not read. */
    public void updatesSymmetrically(int n, int depth) {
        for (boolean transpose : new boolean[] {false, true}) {
            Array a = random(type, n, depth, 1);
            Array before = Dense.indefinite(type, n, 2);
            Array wanted = product(a, transposed(a));
            Array bound = sizes(a, transposed(a));
            for (long k = 0; k < wanted.elements(); k++) {
                wanted.set(k, -wanted.get(k) + 3 * before.get(k));
                bound.set(k, bound.get(k) + 3 * Math.abs(before.get(k)));
            }
            Array c = Dense.spoiled(before, true);
            algebra.syrk(-1, transpose ? transposed(a) : a, transpose, 3, c);
            near("syrk " + n + " × " + depth, c, wanted, bound, (depth + 3) * unit);
            near("syrk symmetry", c, transposed(c), 0);
        }
    }

    /** {@code trsm}: |op(T)·X − B| ≤ 2n·ε·|T|·|X| for both sides, triangles and transpositions. */
    public void solvesTriangles(int n, int r) {
        for (Side side : Side.values()) {
            for (Triangle triangle : Triangle.values()) {
                for (boolean transpose : new boolean[] {false, true}) {
                    boolean lower = triangle == Triangle.LOWER;
                    Array t = triangle(random(type, n, n, 1), lower);
                    for (int i = 0; i < n; i++) {
                        for (int j = 0; j < n; j++) {
                            set(t, i, j, i == j ? 1.5 + get(t, i, i) / 2 : get(t, i, j) / n);
                        }
                    }
                    boolean left = side == Side.LEFT;
                    Array b = left ? random(type, n, r, 2) : random(type, r, n, 2);
                    Array x = copy(b);
                    algebra.trsm(side, triangle, transpose, Dense.spoiled(t, lower), x);
                    Array op = transpose ? transposed(t) : t;
                    Array back = left ? product(op, x) : product(x, op);
                    Array bound = left ? sizes(op, x) : sizes(x, op);
                    String what = "trsm %s %s %s %d".formatted(side, triangle, transpose, n);
                    near(what, back, b, bound, 2 * (n + 2) * unit);
                }
            }
        }
    }

    /** {@code potrf}: |L·Lᵀ − A| ≤ 2n·ε·|L|·|Lᵀ|, zeros above, also where A is ill-conditioned. */
    public void factorsPositiveDefinite(int n) {
        for (double ridge : new double[] {1, 20 * n * unit}) {
            Array a = Dense.gram(type, n, 12, ridge);
            Array l = Dense.spoiled(a, true);
            int info = algebra.potrf(l);
            require(info == 0, "potrf " + n + " with ridge " + ridge + " gives up at " + info);
            near("potrf zeros", triangle(l, true), l, 0);
            Array t = transposed(l);
            near("potrf " + n, product(l, t), a, sizes(l, t), 2 * (n + 2) * unit);
        }
    }

    /** {@code potri}: |A·X − 1| ≤ 4n·ε·|A|·|X|·κ with κ of a matrix that is far from singular. */
    public void invertsPositiveDefinite(int n) {
        Array a = Dense.gram(type, n, 12, 1);
        Array inverse = copy(a);
        require(algebra.potrf(inverse) == 0, "potrf " + n + " gives up");
        algebra.potri(inverse);
        near("potri symmetry", inverse, transposed(inverse), 0);
        Array one = zeros(type, n, n);
        for (int i = 0; i < n; i++) {
            set(one, i, i, 1);
        }
        // the largest eigenvalue is about 1 + 12π, the smallest above 1
        double condition = 40;
        near("potri " + n, product(a, inverse), one, 4 * (n + 2) * unit * condition);
    }

    /** {@code potrf} names the leading minor that is not positive, or not a number. */
    public void namesTheMinor(int n) {
        for (int k = 0; k < n; k += 1 + n / 5) {
            for (double bad : new double[] {-2, Double.NaN, Double.POSITIVE_INFINITY}) {
                Array a = Dense.gram(type, n, 1, 0.5);
                set(a, k, k, bad);
                int info = algebra.potrf(a);
                require(info == k + 1, "potrf %d: %s at %d gives %d".formatted(n, bad, k, info));
            }
        }
    }

    /** {@code pstrf} finds the rank of a matrix that has one, and leaves out little. */
    public void factorsSemidefinite(int n) {
        int rank = Math.max(1, n / 3);
        Array g = random(type, n, rank, 5);
        Array a = product(g, transposed(g)).as(type);
        double tolerance = 20 * n * unit * Dense.largest(a);
        var pivots = new int[n];
        Array l = Dense.spoiled(a, true);
        int found = algebra.pstrf(l, pivots, tolerance);
        require(found == rank, "pstrf %d: rank %d, not %d".formatted(n, found, rank));
        permutation("pstrf", pivots, pivots);
        Array turned = Dense.rows(transposed(Dense.rows(a, pivots)), pivots);
        near("pstrf " + n, product(l, transposed(l)), turned, 2 * tolerance);
        Array definite = Dense.gram(type, n, 1, 0.5);
        l = copy(definite);
        require(algebra.pstrf(l, pivots, -1) == n, "pstrf " + n + ": not the whole rank");
        turned = Dense.rows(transposed(Dense.rows(definite, pivots)), pivots);
        near("pstrf " + n, product(l, transposed(l)), turned, 4 * (n + 2) * unit);
    }

    /** {@code pstrf} leaves out everything where no pivot is above the tolerance. */
    public void leavesOutWhatIsSmall() {
        Array a = Dense.diagonal(3, i -> 1e-3 * (i + 1)).as(type);
        var pivots = new int[] {-1, -1, -1};
        int found = algebra.pstrf(a, pivots, 1);
        require(found == 0, "pstrf: rank " + found + " of what is below the tolerance");
        require(Dense.largest(a) == 0, "pstrf: a factor of rank 0 is not 0");
        require(Arrays.equals(pivots, new int[] {0, 1, 2}), "pstrf of rank 0 moves rows");
    }

    private static void permutation(String call, int[] pivots, int[] told) {
        int[] sorted = pivots.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            require(sorted[i] == i, call + ": no permutation: " + Arrays.toString(told));
        }
    }

    /** {@code sytrf}: P·L·D·Lᵀ·Pᵀ = A with bounded L, and {@code sytrs} solves with it. */
    public void factorsIndefinite(int n) {
        Array a = Dense.indefinite(type, n, 7);
        if (n > 1) {
            set(a, 0, 0, 0);
        }
        Array factor = Dense.spoiled(a, true);
        var pivots = new int[n];
        int info = algebra.sytrf(factor, pivots);
        require(info == 0, "sytrf " + n + " finds D singular at " + info);
        Array l = Dense.diagonal(n, i -> 1);
        Array d = zeros(ElementType.F64, n, n);
        var rows = new int[n];
        boolean second = false;
        for (int i = 0; i < n; i++) {
            rows[i] = pivots[i] < 0 ? -1 - pivots[i] : pivots[i];
            set(d, i, i, get(factor, i, i));
            for (int j = 0; j < i; j++) {
                boolean block = j == i - 1 && second;
                set(block ? d : l, i, j, get(factor, i, j));
                require(Math.abs(get(l, i, j)) < 3, "sytrf " + n + ": L is not bounded");
            }
            if (second) {
                set(d, i - 1, i, get(d, i, i - 1));
            }
            second = pivots[i] < 0 && !second;
        }
        permutation("sytrf", rows, pivots);
        Array turned = Dense.rows(transposed(Dense.rows(a, rows)), rows);
        Array back = product(product(l, d), transposed(l));
        Array bound = sizes(sizes(l, d), transposed(l));
        near("sytrf " + n, back, turned, bound, 8 * (n + 2) * unit);
        Array b = random(type, n, 3, 8);
        Array x = copy(b);
        algebra.sytrs(factor, pivots, x);
        double scale = n * Dense.largest(a) * Dense.largest(x) + 1;
        near("sytrs " + n, product(a, x), b, 40 * (n + 2) * unit * scale);
    }

    /** A singular D is told. */
    public void tellsSingularDiagonal() {
        var pivots = new int[4];
        int info = algebra.sytrf(zeros(type, 4, 4), pivots);
        require(info == 1, "sytrf of zeros gives " + info);
        Array nan = Dense.indefinite(type, 4, 1);
        nan.set(0, Double.NaN);
        require(algebra.sytrf(nan, pivots) != 0, "sytrf of NaN reports no failure");
    }

    /** {@code geqrf}, {@code geqp3}, {@code ormqr}, {@code orgqr}. */
    public void factorsOrthogonally(int m, int n) {
        Array a = random(type, m, n, 4);
        int k = Math.min(m, n);
        for (boolean pivoting : new boolean[] {false, true}) {
            Array factor = copy(a);
            Array tau = zeros(type, k, 1);
            var pivots = new int[n];
            for (int j = 0; j < n; j++) {
                pivots[j] = j;
            }
            if (pivoting) {
                algebra.geqp3(factor, tau, pivots);
                permutation("geqp3", pivots, pivots);
                for (int j = 1; j < k; j++) {
                    double drop = Math.abs(get(factor, j, j)) / Math.abs(get(factor, j - 1, j - 1));
                    require(drop < 1 + 1e-3, "geqp3: the diagonal of R does not descend");
                }
            } else {
                algebra.geqrf(factor, tau);
            }
            String what = (pivoting ? "geqp3 " : "geqrf ") + m + " × " + n;
            Array q = zeros(type, m, k);
            algebra.orgqr(factor, tau, q);
            double bound = 10 * (m + n) * unit;
            near(what, product(transposed(q), q), Dense.diagonal(k, i -> 1), bound);
            Array r = zeros(ElementType.F64, k, n);
            for (int i = 0; i < k; i++) {
                for (int j = i; j < n; j++) {
                    set(r, i, j, get(factor, i, j));
                }
            }
            Array turned = transposed(Dense.rows(transposed(a), pivots));
            near(what, product(q, r), turned, bound * Math.sqrt(m));
            Array c = random(type, m, 3, 6);
            Array there = copy(c);
            algebra.ormqr(true, factor, tau, there);
            algebra.ormqr(false, factor, tau, there);
            near("ormqr", there, c, bound);
        }
    }

    /** The condition estimates are at most 10 times too large and not too small. */
    public void estimatesConditions(int n) {
        Array a = Dense.gram(type, n, 2, type == ElementType.F32 ? 1e-2 : 1e-6);
        Array inverse = Dense.diagonal(n, i -> 1).as(type);
        Array l = copy(a);
        require(algebra.potrf(l) == 0, "potrf gives up");
        algebra.trsm(Side.LEFT, Triangle.LOWER, false, l, inverse);
        double triangular = 1 / (algebra.norm1(l, false) * algebra.norm1(inverse, false));
        algebra.trsm(Side.LEFT, Triangle.LOWER, true, l, inverse);
        double norm = algebra.norm1(a, true);
        near("norm1", Array.of(1, norm), Array.of(1, algebra.norm1(a, false)), n * unit * norm);
        double exact = 1 / (norm * algebra.norm1(inverse, false));
        between("pocon", exact, algebra.pocon(l, norm));
        between("trcon", triangular, algebra.trcon(Triangle.LOWER, l));
        between("trcon", triangular(transposed(l)), algebra.trcon(Triangle.UPPER, transposed(l)));
        var pivots = new int[n];
        Array factor = copy(a);
        algebra.sytrf(factor, pivots);
        between("sycon", exact, algebra.sycon(factor, pivots, norm));
    }

    private double triangular(Array upper) {
        Array inverse = Dense.diagonal((int) upper.rows(), i -> 1).as(type);
        algebra.trsm(Side.LEFT, Triangle.UPPER, false, upper, inverse);
        return 1 / (algebra.norm1(upper, false) * algebra.norm1(inverse, false));
    }

    private static void between(String call, double exact, double estimate) {
        require(
                estimate > 0.9 * exact && estimate < 10 * exact,
                "%s estimates %.3g for %.3g".formatted(call, estimate, exact));
    }

    /** A batch gives what its matrices give one by one, to rounding. */
    public void batches(int batch, int n) {
        Array a = random(type, batch * n, n, 1);
        Array b = random(type, batch * n, n, 2);
        Array c = zeros(type, batch * n, n);
        algebra.gemmBatched(batch, 1, a, true, b, false, 0, c);
        Array grams = zeros(type, batch * n, n);
        algebra.gemmBatched(batch, 1, a, false, a, true, 0, grams);
        for (int k = 0; k < batch * n; k++) {
            set(grams, k, k % n, get(grams, k, k % n) + 1);
            for (int j = 0; j < k % n; j++) {
                // a product's two triangles may be rounded apart
                set(grams, k - k % n + j, k % n, get(grams, k, j));
            }
        }
        Array l = copy(grams);
        set(l, 2 * n, 0, -1);
        int[] infos = algebra.potrfBatched(batch, l);
        Array x = copy(b);
        algebra.trsmBatched(batch, Side.LEFT, Triangle.LOWER, true, l, x);
        for (int k = 0; k < batch; k++) {
            Array left = part(a, n, k);
            Array right = part(b, n, k);
            double bound = 4 * (n + 2) * unit;
            Array t = transposed(left);
            near("gemmBatched", part(c, n, k), product(t, right), sizes(t, right), bound);
            require(infos[k] == (k == 2 ? 1 : 0), "potrfBatched: %d: %d".formatted(k, infos[k]));
            if (k != 2) {
                Array factor = part(l, n, k);
                Array up = transposed(factor);
                Array gram = part(grams, n, k);
                near("potrfBatched", product(factor, up), gram, sizes(factor, up), bound);
                Array y = part(x, n, k);
                near("trsmBatched", product(up, y), right, sizes(up, y), bound);
            }
        }
    }

    private static Array part(Array all, int n, int k) {
        long bytes = (long) n * all.width() * all.type().bytes();
        return new Array(all.type(), n, all.width(), all.data().asSlice(k * bytes, bytes));
    }

    /** Matrices without rows are no trouble. */
    public void acceptsNothing() {
        Array none = zeros(type, 0, 1);
        algebra.gemm(1, none, false, zeros(type, 1, 1), false, 0, none);
        algebra.trsm(Side.RIGHT, Triangle.LOWER, false, random(type, 1, 1, 1), none);
        require(algebra.potrf(none) == 0, "potrf of nothing");
        require(algebra.pstrf(none, new int[0], -1) == 0, "pstrf of nothing");
        require(algebra.sytrf(none, new int[0]) == 0, "sytrf of nothing");
        algebra.sytrs(none, new int[0], none);
        algebra.geqrf(none, none);
        algebra.symmetricEigen(none, none);
        algebra.svd(none, none, none, zeros(type, 1, 1));
        Array c = random(type, 1, 1, 1);
        algebra.gemm(1, none, true, none, false, 0, c);
        require(c.get(0) == 0, "an empty sum is " + c.get(0));
    }
}
