package org.kernfield.testkit;

import static org.kernfield.testkit.Dense.copy;
import static org.kernfield.testkit.Dense.random;
import static org.kernfield.testkit.Dense.require;
import static org.kernfield.testkit.Dense.zeros;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How every linear algebra treats threads, memory, cancellation and wrong arguments. */
public final class LinearAlgebraBehaviour {
    /** 100 ms are promised; the rest is for a machine that others are using too. */
    private static final long LONGEST_NANOS = 400_000_000;

    private static final int ATTEMPTS = 3;

    private final LinearAlgebra algebra;

    public LinearAlgebraBehaviour(LinearAlgebra algebra) {
        this.algebra = algebra;
    }

    /** One of each call on matrices of order n; every result. */
    private static List<Array> all(LinearAlgebra algebra, ElementType type, int n, int small) {
        var results = new ArrayList<Array>();
        Array c = random(type, n, n, 1);
        algebra.gemm(1, random(type, n, n, 2), false, random(type, n, n, 3), true, 1, c);
        results.add(c);
        Array s = Dense.gram(type, n, 1, 0.5);
        algebra.syrk(0.1, random(type, n, 33, 4), false, 1, s);
        results.add(s);
        Array l = copy(s);
        algebra.potrf(l);
        results.add(l);
        Array x = random(type, n, n, 5);
        algebra.trsm(Side.LEFT, Triangle.LOWER, false, l, x);
        algebra.trsm(Side.RIGHT, Triangle.LOWER, true, l, x);
        results.add(x);
        var pivots = new int[n];
        Array p = copy(s);
        algebra.pstrf(p, pivots, -1);
        results.add(p);
        Array d = Dense.indefinite(type, n, 6);
        algebra.sytrf(d, pivots);
        Array y = random(type, n, n, 7);
        algebra.sytrs(d, pivots, y);
        results.add(d);
        results.add(y);
        Array q = random(type, n, small, 8);
        Array tau = zeros(type, Math.min(n, small), 1);
        algebra.geqrf(q, tau);
        results.add(q);
        q = random(type, n, small, 9);
        algebra.geqp3(q, tau, new int[small]);
        results.add(q);
        Array v = Dense.indefinite(type, small, 10);
        Array w = zeros(type, small, 1);
        algebra.symmetricEigen(v, w);
        results.add(v);
        results.add(w);
        Array u = zeros(type, n, small);
        algebra.svd(random(type, n, small, 11), u, w, v);
        results.add(u);
        results.add(v);
        Array batch = random(type, 12 * small, small, 12);
        Array grams = zeros(type, 12 * small, small);
        algebra.gemmBatched(12, 1, batch, false, batch, true, 0, grams);
        results.add(grams);
        return results;
    }

    private static void same(List<Array> first, List<Array> other, String when) {
        for (int k = 0; k < first.size(); k++) {
            long at = first.get(k).data().mismatch(other.get(k).data());
            require(at < 0, "result %d has other bits with %s".formatted(k, when));
        }
    }

    /** The same bits on one, two and three threads, and when called again. */
    public void repeatsItsBits(ElementType type, int n, int small) {
        List<Array> first = all(algebra, type, n, small);
        for (int count = 2; count <= 3; count++) {
            try (var workers = new Threads(count)) {
                var resources = new Resources(workers, Budget.unlimited(), CancelToken.NONE);
                same(first, all(algebra.with(resources), type, n, small), count + " threads");
            }
        }
    }

    /**
     * The same bits from linear algebra that came, worked, left and came again, and nothing that
     * keeps the classes of one that has left.
     */
    public void sameBitsWhenItComesAgain(ElementType type) {
        for (String when : new String[] {"a first visit", "a second visit"}) {
            List<Array> results =
                    Departure.visit(LinearAlgebra.class, algebra, visitor -> all(visitor, type));
            same(all(algebra, type), results, when);
        }
    }

    private static List<Array> all(LinearAlgebra visitor, ElementType type) {
        try (var workers = new Threads(2)) {
            var resources = new Resources(workers, Budget.unlimited(), CancelToken.NONE);
            return all(visitor.with(resources), type, 40, 17);
        }
    }

    /** The same bits at the first call, interpreted, and at the twentieth. */
    public void sameBitsWhenCompiled(ElementType type) {
        List<Array> first = all(algebra, type, 40, 17);
        for (int call = 2; call < 20; call++) {
            all(algebra, type, 40, 17);
        }
        same(first, all(algebra, type, 40, 17), "call 20");
    }

    /** Arrays outside the Java heap, or in the midst of another one, give the same. */
    public void takesAnyMemory(ElementType type) {
        Array a = Dense.gram(type, 20, 1, 1);
        Array wanted = copy(a);
        algebra.potrf(wanted);
        Array around = zeros(type, 60, 20);
        long bytes = a.data().byteSize();
        try (var arena = Arena.ofConfined()) {
            for (var segment :
                    List.of(arena.allocate(bytes, 8), around.data().asSlice(bytes, bytes))) {
                segment.copyFrom(a.data());
                var elsewhere = new Array(type, 20, 20, segment);
                require(algebra.potrf(elsewhere) == 0, "potrf gives up");
                require(wanted.data().mismatch(segment) < 0, "other memory, other bits");
            }
        }
        for (int k = 0; k < 400; k++) {
            require(around.get(k) == 0 && around.get(800 + k) == 0, "neighbours are overwritten");
        }
    }

    /** Memory is counted before it is taken, refused with its figure, and given back. */
    public void keepsToItsBudget(ElementType type) {
        var budget = new Budget(100_000_000);
        LinearAlgebra counted =
                algebra.with(new Resources(Workers.SERIAL, budget, CancelToken.NONE));
        all(counted, type, 70, 20);
        require(budget.used() == 0, budget.used() + " bytes are not given back");
        var little = new Budget(1000);
        LinearAlgebra poor = algebra.with(new Resources(Workers.SERIAL, little, CancelToken.NONE));
        Array a = random(type, 200, 200, 1);
        try {
            poor.gemm(1, a, false, a, false, 0, zeros(type, 200, 200));
            throw new AssertionError("a product beyond the budget is not refused");
        } catch (OutOfBudgetException e) {
            require(e.getMessage().contains("1 MB"), "refused with: " + e.getMessage());
        }
        require(little.used() == 0, "a refused call keeps memory");
    }

    /** Nanoseconds between two looks at the cancel token, at most, of every call once. */
    private long longestSilence(int n, int small) {
        var last = new AtomicLong(System.nanoTime());
        var longest = new AtomicLong();
        CancelToken watched =
                () -> {
                    long now = System.nanoTime();
                    longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
                    return false;
                };
        all(
                algebra.with(new Resources(Workers.SERIAL, Budget.unlimited(), watched)),
                ElementType.F64,
                n,
                small);
        return longest.get();
    }

    /** It looks at its token often enough, and stops when that says so. */
    public void stopsWhenCancelled(int n, int small) {
        long silence = Long.MAX_VALUE;
        // a busy machine may stop anybody for that long, but not each time
        for (int k = 0; k < ATTEMPTS && silence >= LONGEST_NANOS; k++) {
            silence = Math.min(silence, longestSilence(n, small));
        }
        require(
                silence < LONGEST_NANOS,
                "it did not look at its cancel token for " + silence / 1_000_000 + " ms");
        var looks = new AtomicInteger();
        Array a = random(ElementType.F64, n, n, 1);
        try {
            algebra.with(
                            new Resources(
                                    Workers.SERIAL,
                                    Budget.unlimited(),
                                    () -> looks.incrementAndGet() > 1))
                    .gemm(1, a, false, a, false, 0, zeros(ElementType.F64, n, n));
            throw new AssertionError("cancelled, but it went on to the end");
        } catch (CancellationException e) {
            require(looks.get() == 2, "it looked again after the cancellation");
        }
    }

    /** Eigenvectors and singular vectors of what is no number are refused. */
    public void refusesNaN(ElementType type) {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            Array a = Dense.indefinite(type, 5, 1);
            a.set(20, bad);
            Array w = zeros(type, 5, 1);
            refuses("NaN or infinity", () -> algebra.symmetricEigen(copy(a), w));
            Array u = zeros(type, 5, 5);
            refuses("NaN or infinity", () -> algebra.svd(a, u, w, zeros(type, 5, 5)));
        }
    }

    /** Shapes and types that do not fit are refused with a sentence. */
    public void refusesWrongArguments() {
        var type = ElementType.F64;
        Array a = zeros(type, 2, 3);
        Array square = zeros(type, 2, 2);
        refuses("2 × 3 times 2 × 3", () -> algebra.gemm(1, a, false, a, false, 0, square));
        refuses("syrk: 2 × 3", () -> algebra.syrk(1, a, true, 0, square));
        refuses("not square", () -> algebra.potrf(a));
        refuses("trsm", () -> algebra.trsm(Side.RIGHT, Triangle.LOWER, false, square, a));
        refuses("3 pivots", () -> algebra.sytrf(square, new int[3]));
        refuses("geqrf", () -> algebra.geqrf(a, zeros(type, 3, 1)));
        refuses("svd", () -> algebra.svd(a, square, zeros(type, 3, 1), square));
        refuses("no batch of 3", () -> algebra.potrfBatched(3, square));
        Array floats = zeros(ElementType.F32, 2, 2);
        refuses("one type", () -> algebra.syrk(1, square, false, 0, floats));
    }

    private static void refuses(String words, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException | ArithmeticException e) {
            require(e.getMessage().contains(words), "refused with: " + e.getMessage());
            return;
        }
        throw new AssertionError("not refused: " + words);
    }
}
