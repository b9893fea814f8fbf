package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.backend.Resources;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.cpu.internal.linear.CpuLinearAlgebra;
import org.kernfield.reference.ReferenceLinearAlgebra;
import org.kernfield.testkit.Agreement;
import org.kernfield.testkit.NeighbourProblems;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.Problems;
import org.kernfield.testkit.Threads;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How far backends are from the float64 reference, and linear algebra from an exact inverse of what
 * it did: {@code Parity [ORDER…]}, orders of the matrices.
 */
public final class Parity {
    /** Largest order for linear algebra that is written for being right alone. */
    private static final int MOST_OF_REFERENCE = 200;

    private final Resources resources =
            new Resources(
                    new Threads(Runtime.getRuntime().availableProcessors()),
                    Budget.unlimited(),
                    CancelToken.NONE);

    private Parity() {}

    /** Prints two tables. */
    public static void main(String[] arguments) {
        var parity = new Parity();
        System.out.println("OPENBLAS_CORETYPE=" + System.getenv("OPENBLAS_CORETYPE"));
        parity.reductions();
        for (String order : arguments) {
            parity.algebra(Integer.parseInt(order));
        }
        System.exit(0);
    }

    /** The worst number of each kind, as a part of what it may be off at τ. */
    private void reductions() {
        var nd4j = new Nd4jBackend();
        var cpu = new CpuBackend();
        Map<String, List<Problem>> kinds = new LinkedHashMap<>();
        kinds.put("MAP and TOTAL over rows", Problems.ofRows());
        kinds.put("SUM, symmetric", NeighbourProblems.symmetric());
        kinds.putAll(NeighbourProblems.byKind());
        kinds.put("COMPOSITE", NeighbourProblems.composites());
        System.out.println("| reduction | cpu F32 | nd4j F32 | cpu F64 | nd4j F64 |");
        kinds.forEach(
                (kind, problems) -> {
                    var row = new StringBuilder("| " + kind);
                    for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F64}) {
                        for (Backend backend : List.of(cpu, nd4j)) {
                            double worst = 0;
                            for (Problem problem : problems) {
                                worst = Math.max(worst, share(backend, problem.in(type), type));
                            }
                            row.append(" | %.3f".formatted(worst));
                        }
                    }
                    System.out.println(row.append(" |"));
                });
    }

    private double share(Backend backend, Problem problem, ElementType type) {
        try (var reference = Agreement.reference();
                var session = backend.open(resources)) {
            var found = problem.solve(session, type);
            var exact = problem.in(ElementType.F64);
            var wanted = exact.solve(reference, ElementType.F64);
            var allowed =
                    reference.errorBounds(
                            exact.reduction(),
                            exact.bind(reference, ElementType.F64),
                            Agreement.unit(type));
            double worst = 0;
            for (var entry : allowed.entrySet()) {
                double[] bound = entry.getValue();
                for (int k = 0; k < bound.length; k++) {
                    double error =
                            Math.abs(found.get(entry.getKey())[k] - wanted.get(entry.getKey())[k]);
                    if (error > 0 && bound[k] > 0) {
                        worst = Math.max(worst, error / bound[k]);
                    }
                }
            }
            return worst;
        }
    }

    private Map<String, LinearAlgebra> algebras(int n) {
        var algebras = new LinkedHashMap<String, LinearAlgebra>();
        if (n <= MOST_OF_REFERENCE) {
            algebras.put("reference", new ReferenceLinearAlgebra().with(resources));
        }
        algebras.put("cpu", new CpuLinearAlgebra().with(resources));
        ServiceLoader.load(LinearAlgebra.class).stream()
                .filter(p -> p.type().getName().contains("OpenBlas"))
                .forEach(p -> algebras.put("openblas", p.get().with(resources)));
        algebras.put("nd4j", new Nd4jBackend().algebra().with(resources));
        return algebras;
    }

    /** Residuals in units of n·ε of what they are relative to, and seconds. */
    private void algebra(int n) {
        Map<String, LinearAlgebra> algebras = algebras(n);
        System.out.println(
                "| call, n = " + n + " | " + String.join(" | ", algebras.keySet()) + " |");
        var calls = new LinkedHashMap<String, Function<LinearAlgebra, Double>>();
        Array a = positive(n);
        Array s = symmetric(n);
        Array b = random(n, 3, 5);
        calls.put("gemm", l -> productError(l, n));
        calls.put(
                "potrf, trsm",
                l -> {
                    Array factor = a.as(ElementType.F64);
                    if (l.potrf(factor) != 0) {
                        return Double.NaN;
                    }
                    Array x = b.as(ElementType.F64);
                    l.trsm(Side.LEFT, Triangle.LOWER, false, factor, x);
                    l.trsm(Side.LEFT, Triangle.LOWER, true, factor, x);
                    return residual(l, a, x, b);
                });
        calls.put(
                "pstrf",
                l -> {
                    Array factor = a.as(ElementType.F64);
                    var pivots = new int[n];
                    int rank = l.pstrf(factor, pivots, -1);
                    return rank == n ? factorError(l, factor, a, pivots) : Double.NaN;
                });
        calls.put(
                "sytrf, sytrs",
                l -> {
                    Array factor = s.as(ElementType.F64);
                    var pivots = new int[n];
                    l.sytrf(factor, pivots);
                    Array x = b.as(ElementType.F64);
                    l.sytrs(factor, pivots, x);
                    return residual(l, s, x, b);
                });
        calls.put("geqrf, ormqr", l -> leastSquares(l, s, b, false));
        calls.put("geqp3, ormqr", l -> leastSquares(l, s, b, true));
        if (n <= 1000) {
            calls.put("symmetricEigen", l -> eigenError(l, s));
            calls.put("svd", l -> svdError(l, s));
        }
        calls.forEach(
                (call, check) -> {
                    var row = new StringBuilder("| " + call);
                    algebras.forEach(
                            (name, l) -> {
                                long begin = System.nanoTime();
                                double error = check.apply(l) / (n * Math.ulp(1.0));
                                double seconds = (System.nanoTime() - begin) / 1e9;
                                row.append(" | %.4f (%.2f s)".formatted(error, seconds));
                            });
                    System.out.println(row.append(" |"));
                });
    }

    private static Array random(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        Array a = Array.zeros(ElementType.F64, rows, columns);
        for (long k = 0; k < a.elements(); k++) {
            a.set(k, random.nextDouble(-1, 1));
        }
        return a;
    }

    private static Array symmetric(int n) {
        Array a = random(n, n, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set((long) j * n + i, a.get((long) i * n + j));
            }
        }
        return a;
    }

    private static Array positive(int n) {
        Array a = symmetric(n);
        for (int i = 0; i < n; i++) {
            a.set((long) i * n + i, n);
        }
        return a;
    }

    private static double largest(Array a) {
        double largest = 0;
        for (long k = 0; k < a.elements(); k++) {
            largest = Math.max(largest, Math.abs(a.get(k)));
        }
        return largest;
    }

    /** |C − A·B| of whole numbers, whose product is exact. */
    private static double productError(LinearAlgebra l, int n) {
        Array a = Array.zeros(ElementType.F64, n, n);
        Array c = Array.zeros(ElementType.F64, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set((long) i * n + j, (3 * i + 5 * j) % 11 - 5);
            }
        }
        l.gemm(1, a, false, a, true, 0, c);
        double worst = 0;
        for (int i = 0; i < n; i += 1 + n / 50) {
            for (int j = 0; j < n; j += 1 + n / 50) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += a.get((long) i * n + k) * a.get((long) j * n + k);
                }
                worst = Math.max(worst, Math.abs(sum - c.get((long) i * n + j)));
            }
        }
        return worst;
    }

    /** |A·x − b| / (|A|·|x|·n). */
    private static double residual(LinearAlgebra l, Array a, Array x, Array b) {
        Array r = b.as(ElementType.F64);
        l.gemm(1, a, false, x, false, -1, r);
        return largest(r) / (a.rows() * largest(a) * largest(x));
    }

    private static double factorError(LinearAlgebra l, Array factor, Array a, int[] pivots) {
        int n = pivots.length;
        Array back = Array.zeros(ElementType.F64, n, n);
        l.gemm(1, factor, false, factor, true, 0, back);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double given = a.get((long) pivots[i] * n + pivots[j]);
                worst = Math.max(worst, Math.abs(back.get((long) i * n + j) - given));
            }
        }
        return worst / largest(a);
    }

    private static double leastSquares(LinearAlgebra l, Array a, Array b, boolean pivoting) {
        int n = a.width();
        Array factor = a.as(ElementType.F64);
        Array tau = Array.zeros(ElementType.F64, n, 1);
        var pivots = new int[n];
        for (int j = 0; j < n; j++) {
            pivots[j] = j;
        }
        if (pivoting) {
            l.geqp3(factor, tau, pivots);
        } else {
            l.geqrf(factor, tau);
        }
        Array y = b.as(ElementType.F64);
        l.ormqr(true, factor, tau, y);
        l.trsm(Side.LEFT, Triangle.UPPER, false, factor, y);
        Array x = Array.zeros(ElementType.F64, n, b.width());
        for (int j = 0; j < n; j++) {
            for (int c = 0; c < b.width(); c++) {
                x.set((long) pivots[j] * b.width() + c, y.get((long) j * b.width() + c));
            }
        }
        return residual(l, a, x, b);
    }

    private static double eigenError(LinearAlgebra l, Array a) {
        int n = a.width();
        Array v = a.as(ElementType.F64);
        Array w = Array.zeros(ElementType.F64, n, 1);
        l.symmetricEigen(v, w);
        Array product = Array.zeros(ElementType.F64, n, n);
        l.gemm(1, a, false, v, false, 0, product);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                long at = (long) i * n + j;
                worst = Math.max(worst, Math.abs(product.get(at) - w.get(j) * v.get(at)));
            }
        }
        return worst / (largest(w) + largest(a));
    }

    private static double svdError(LinearAlgebra l, Array a) {
        int n = a.width();
        Array u = Array.zeros(ElementType.F64, n, n);
        Array s = Array.zeros(ElementType.F64, n, 1);
        Array v = Array.zeros(ElementType.F64, n, n);
        l.svd(a, u, s, v);
        Array product = Array.zeros(ElementType.F64, n, n);
        l.gemm(1, a, false, v, false, 0, product);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                long at = (long) i * n + j;
                worst = Math.max(worst, Math.abs(product.get(at) - s.get(j) * u.get(at)));
            }
        }
        return worst / largest(s);
    }
}
