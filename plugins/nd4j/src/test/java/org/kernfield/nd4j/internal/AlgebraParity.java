package org.kernfield.nd4j.internal;

import static org.kernfield.nd4j.internal.Sampled.of;
import static org.kernfield.nd4j.internal.Sampled.part;
import static org.kernfield.nd4j.internal.Sampled.product;
import static org.kernfield.nd4j.internal.Sampled.unit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.backend.Resources;
import org.kernfield.cpu.internal.linear.CpuLinearAlgebra;
import org.kernfield.nd4j.internal.Sampled.Matrix;
import org.kernfield.reference.ReferenceLinearAlgebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Every call of linear algebra at one order, by backward errors in units of n·ε. */
final class AlgebraParity {
    /** Largest orders for linear algebra that is written for being right alone. */
    private static final int MOST_OF_REFERENCE = 1000;

    private static final int MOST_SPECTRA_OF_REFERENCE = 200;

    private static final int BATCH = 8;

    /** What Householder's reflections and what follows them may lose beyond n·ε. */
    private static final double ORTHOGONAL = 10;

    @FunctionalInterface
    private interface Call {
        double error(LinearAlgebra algebra, ElementType type);
    }

    private final Resources resources;
    private final Parity parity;
    private final int n;

    AlgebraParity(Resources resources, Parity parity, int n) {
        this.resources = resources;
        this.parity = parity;
        this.n = n;
    }

    /** Products, triangles, factors and what is solved and estimated with them. */
    void factors() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("gemm", this::gemm);
        calls.put("gemmBatched", this::gemmBatched);
        calls.put("syrk", this::syrk);
        calls.put("trsm", this::trsm);
        calls.put("trsmBatched", this::trsmBatched);
        calls.put("potrf", this::potrf);
        calls.put("potrfBatched", this::potrfBatched);
        calls.put("potri", this::potri);
        calls.put("pstrf", this::pstrf);
        calls.put("sytrf, sytrs", this::sytrs);
        calls.put("geqrf, orgqr, ormqr", (l, type) -> orthogonal(l, type, false));
        calls.put("geqp3, orgqr, ormqr", (l, type) -> orthogonal(l, type, true));
        calls.put("norm1, pocon, sycon, trcon", this::conditions);
        print(calls, n <= MOST_OF_REFERENCE);
    }

    /** Eigenvectors and singular vectors. */
    void spectra() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("symmetricEigen", this::eigen);
        calls.put("symmetricEigen, semidefinite", this::semidefiniteEigen);
        calls.put("svd", this::svd);
        print(calls, n <= MOST_SPECTRA_OF_REFERENCE);
    }

    private Map<String, LinearAlgebra> algebras(boolean withReference) {
        var algebras = new LinkedHashMap<String, LinearAlgebra>();
        if (withReference) {
            algebras.put("reference", new ReferenceLinearAlgebra().with(resources));
        }
        algebras.put("cpu", new CpuLinearAlgebra().with(resources));
        ServiceLoader.load(LinearAlgebra.class).stream()
                .filter(p -> p.type().getName().contains("OpenBlas"))
                .forEach(p -> algebras.put("openblas", p.get().with(resources)));
        algebras.put("nd4j", new Nd4jBackend().algebra().with(resources));
        return algebras;
    }

    private void print(Map<String, Call> calls, boolean withReference) {
        Map<String, LinearAlgebra> algebras = algebras(withReference);
        var types = List.of(ElementType.F32, ElementType.F64);
        var head = new StringBuilder("| n = " + n);
        types.forEach(t -> algebras.keySet().forEach(name -> head.append(" | " + name + " " + t)));
        System.out.println("\n" + head + " |\n|" + "---|".repeat(1 + 2 * algebras.size()));
        calls.forEach(
                (name, call) -> {
                    var row = new StringBuilder("| " + name);
                    for (ElementType type : types) {
                        double unit = (type == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0)) / 2;
                        algebras.values()
                                .forEach(
                                        l -> {
                                            double error = call.error(l, type) / ((n + 2) * unit);
                                            row.append(" | ").append(parity.shown(error));
                                        });
                    }
                    System.out.println(row.append(" |"));
                });
    }

    private static Array random(ElementType type, int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        Array a = Array.zeros(type, rows, columns);
        for (long k = 0; k < a.elements(); k++) {
            a.set(k, random.nextDouble(-1, 1));
        }
        return a;
    }

    private static Array symmetric(ElementType type, int order) {
        Array a = random(type, order, order, 1);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < i; j++) {
                a.set((long) j * order + i, a.get((long) i * order + j));
            }
        }
        return a;
    }

    /** Far from singular: condition about 2. */
    private static Array positive(ElementType type, int order) {
        Array a = symmetric(type, order);
        for (int i = 0; i < order; i++) {
            a.set((long) i * order + i, 4 * Math.sqrt(order));
        }
        return a;
    }

    private static Array copy(Array a) {
        return a.as(a.type());
    }

    private double gemm(LinearAlgebra l, ElementType type) {
        Array a = random(type, n, n, 1);
        Array b = random(type, n, n, 2);
        double worst = 0;
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                Array c = Array.zeros(type, n, n);
                l.gemm(1, a, left, b, right, 0, c);
                Matrix x = left ? of(a).t() : of(a);
                Matrix y = right ? of(b).t() : of(b);
                worst = Math.max(worst, product(x, y, of(c), n, n, n));
            }
        }
        return worst;
    }

    private int partOrder() {
        return Math.max(1, n / BATCH);
    }

    private double gemmBatched(LinearAlgebra l, ElementType type) {
        int m = partOrder();
        Array a = random(type, BATCH * m, m, 1);
        Array c = Array.zeros(type, BATCH * m, m);
        l.gemmBatched(BATCH, 1, a, false, a, true, 0, c);
        return IntStream.range(0, BATCH)
                .mapToDouble(k -> product(part(a, m, k), part(a, m, k).t(), part(c, m, k), m, m, m))
                .reduce(0, Math::max);
    }

    private double syrk(LinearAlgebra l, ElementType type) {
        Array a = random(type, n, n, 1);
        Array c = Array.zeros(type, n, n);
        l.syrk(1, a, false, 0, c);
        return product(of(a), of(a).t(), of(c), n, n, n);
    }

    /** Well-conditioned, as the factors of {@link #positive} are. */
    private static Array triangle(ElementType type, int rows, int order) {
        Array t = random(type, rows, order, 3);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < order; j++) {
                long at = (long) i * order + j;
                t.set(at, i % order == j ? 1 : t.get(at) / order);
            }
        }
        return t;
    }

    private double trsm(LinearAlgebra l, ElementType type) {
        Array t = triangle(type, n, n);
        int r = Math.min(n, 40);
        double worst = 0;
        for (Triangle half : Triangle.values()) {
            for (boolean transpose : new boolean[] {false, true}) {
                Matrix own = half == Triangle.LOWER ? of(t).lower() : of(t).upper();
                Matrix op = transpose ? own.t() : own;
                Array b = random(type, n, r, 4);
                Array x = copy(b);
                l.trsm(Side.LEFT, half, transpose, t, x);
                worst = Math.max(worst, product(op, of(x), of(b), n, n, r));
                Array d = random(type, r, n, 5);
                Array y = copy(d);
                l.trsm(Side.RIGHT, half, transpose, t, y);
                worst = Math.max(worst, product(of(y), op, of(d), r, n, n));
            }
        }
        return worst;
    }

    private double trsmBatched(LinearAlgebra l, ElementType type) {
        int m = partOrder();
        Array t = triangle(type, BATCH * m, m);
        Array b = random(type, BATCH * m, 3, 4);
        Array x = copy(b);
        l.trsmBatched(BATCH, Side.LEFT, Triangle.LOWER, false, t, x);
        return IntStream.range(0, BATCH)
                .mapToDouble(
                        k -> product(part(t, m, k).lower(), part(x, m, k), part(b, m, k), m, m, 3))
                .reduce(0, Math::max);
    }

    private double potrf(LinearAlgebra l, ElementType type) {
        Array a = positive(type, n);
        Array factor = copy(a);
        if (l.potrf(factor) != 0) {
            return Double.NaN;
        }
        return product(of(factor), of(factor).t(), of(a), n, n, n);
    }

    private double potrfBatched(LinearAlgebra l, ElementType type) {
        int m = partOrder();
        Array one = positive(type, m);
        Array all = Array.zeros(type, BATCH * m, m);
        for (long k = 0; k < all.elements(); k++) {
            all.set(k, one.get(k % one.elements()) * (1 + k / one.elements()));
        }
        Array factor = copy(all);
        if (IntStream.of(l.potrfBatched(BATCH, factor)).anyMatch(info -> info != 0)) {
            return Double.NaN;
        }
        return IntStream.range(0, BATCH)
                .mapToDouble(
                        k -> {
                            Matrix lower = part(factor, m, k);
                            return product(lower, lower.t(), part(all, m, k), m, m, m);
                        })
                .reduce(0, Math::max);
    }

    private double potri(LinearAlgebra l, ElementType type) {
        Array a = positive(type, n);
        Array inverse = copy(a);
        if (l.potrf(inverse) != 0) {
            return Double.NaN;
        }
        l.potri(inverse);
        return product(of(a), of(inverse), unit(), n, n, n);
    }

    private double pstrf(LinearAlgebra l, ElementType type) {
        Array a = positive(type, n);
        Array factor = copy(a);
        var pivots = new int[n];
        if (l.pstrf(factor, pivots, -1) != n) {
            return Double.NaN;
        }
        Matrix turned = (i, j) -> of(a).at(pivots[i], pivots[j]);
        return product(of(factor), of(factor).t(), turned, n, n, n);
    }

    private double sytrs(LinearAlgebra l, ElementType type) {
        Array a = symmetric(type, n);
        Array factor = copy(a);
        var pivots = new int[n];
        l.sytrf(factor, pivots);
        Array b = random(type, n, 3, 5);
        Array x = copy(b);
        l.sytrs(factor, pivots, x);
        return product(of(a), of(x), of(b), n, n, 3);
    }

    private double orthogonal(LinearAlgebra l, ElementType type, boolean pivoting) {
        Array a = random(type, n, n, 6);
        Array factor = copy(a);
        Array tau = Array.zeros(type, n, 1);
        int[] pivots = IntStream.range(0, n).toArray();
        if (pivoting) {
            l.geqp3(factor, tau, pivots);
        } else {
            l.geqrf(factor, tau);
        }
        Array q = Array.zeros(type, n, n);
        l.orgqr(factor, tau, q);
        Array c = random(type, n, 3, 7);
        Array there = copy(c);
        l.ormqr(true, factor, tau, there);
        double worst = product(of(q).t(), of(q), unit(), n, n, n);
        Matrix turned = (i, j) -> of(a).at(i, pivots[j]);
        worst = Math.max(worst, product(of(q), of(factor).upper(), turned, n, n, n));
        return Math.max(worst, product(of(q), of(there), of(c), n, n, 3)) / ORTHOGONAL;
    }

    /** Estimates may be up to ten times too large, as the contract has it; in units of n·ε here. */
    private double conditions(LinearAlgebra l, ElementType type) {
        Array a = positive(type, n);
        double norm = l.norm1(a, true);
        Array factor = copy(a);
        l.potrf(factor);
        double definite = l.pocon(factor, norm);
        Array inverse = copy(factor);
        l.potri(inverse);
        double exact = 1 / (norm * l.norm1(inverse, false));
        Array indefinite = copy(a);
        var pivots = new int[n];
        l.sytrf(indefinite, pivots);
        double other = l.sycon(indefinite, pivots, norm);
        Array eye = Array.zeros(type, n, n);
        for (int i = 0; i < n; i++) {
            eye.set((long) i * n + i, 1);
        }
        l.trsm(Side.LEFT, Triangle.LOWER, false, factor, eye);
        double triangular = 1 / (l.norm1(factor, false) * l.norm1(eye, false));
        double half = l.trcon(Triangle.LOWER, factor);
        double worst =
                Math.max(
                        ratio(definite, exact),
                        Math.max(ratio(other, exact), ratio(half, triangular)));
        return worst / 10 * (n + 2) * (type == ElementType.F32 ? Math.ulp(1f) : Math.ulp(1.0)) / 2;
    }

    private static double ratio(double estimate, double exact) {
        return estimate < 0.9 * exact ? Double.NaN : estimate / exact;
    }

    private double eigen(LinearAlgebra l, ElementType type) {
        return eigen(l, symmetric(type, n));
    }

    /** Two thirds of the eigenvalues are nothing but rounding. */
    private double semidefiniteEigen(LinearAlgebra l, ElementType type) {
        Array thin = random(type, n, Math.max(1, n / 3), 8);
        Array gram = Array.zeros(type, n, n);
        l.syrk(1, thin, false, 0, gram);
        return eigen(l, gram);
    }

    private double eigen(LinearAlgebra l, Array a) {
        Array v = copy(a);
        Array w = Array.zeros(a.type(), n, 1);
        l.symmetricEigen(v, w);
        Matrix scaled = (i, j) -> w.get(j) * of(v).at(i, j);
        double worst = product(of(v).t(), of(v), unit(), n, n, n);
        return Math.max(worst, product(of(a), of(v), scaled, n, n, n)) / ORTHOGONAL;
    }

    private double svd(LinearAlgebra l, ElementType type) {
        Array a = random(type, n, n, 9);
        Array u = Array.zeros(type, n, n);
        Array s = Array.zeros(type, n, 1);
        Array v = Array.zeros(type, n, n);
        l.svd(a, u, s, v);
        Matrix scaled = (i, j) -> s.get(j) * of(u).at(i, j);
        double worst = product(of(u).t(), of(u), unit(), n, n, n);
        worst = Math.max(worst, product(of(v).t(), of(v), unit(), n, n, n));
        return Math.max(worst, product(of(a), of(v), scaled, n, n, n)) / ORTHOGONAL;
    }
}
