package org.kernfield.testkit;

import static org.kernfield.testkit.BackendUnderTest.require;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Operations on whole buffers, against the reference, on one to three threads. */
public final class OperationChecks {
    private static final List<Integer> SIZES = List.of(0, 1, 7, 64, 1021, 5000);

    private final BackendUnderTest under;

    public OperationChecks(BackendUnderTest under) {
        this.under = under;
    }

    /** Gives what an operation writes. */
    @FunctionalInterface
    private interface Operation {
        double[] on(Session session, ElementType type);
    }

    /** All of them. */
    public void all() {
        multiplies();
        sorts();
        scans();
        compacts();
        transforms();
        refusesWrongShapes();
    }

    /** Products of matrices in each orientation. */
    public void multiplies() {
        int[][] shapes = {{1, 1, 1}, {7, 5, 3}, {64, 64, 64}, {33, 130, 17}, {5, 1021, 2}};
        for (int[] shape : shapes) {
            for (int flags = 0; flags < 8; flags++) {
                int m = shape[0];
                int k = shape[1];
                int n = shape[2];
                boolean ta = (flags & 1) != 0;
                boolean tb = (flags & 2) != 0;
                double beta = (flags & 4) != 0 ? -0.5 : 0;
                double[] a = numbers(m * k, 1);
                double[] b = numbers(k * n, 2);
                double[] c = numbers(m * n, 3);
                if (beta == 0) {
                    Arrays.fill(c, Double.NaN);
                }
                Operation product =
                        (session, type) -> {
                            Buffer left = buffer(session, type, ta ? m : k, a);
                            Buffer right = buffer(session, type, tb ? k : n, b);
                            Buffer into = buffer(session, type, n, c);
                            session.operations().gemm(1.25, left, ta, right, tb, beta, into);
                            return read(into);
                        };
                // |numbers| ≤ 1: every term of the sum is at most 1.25
                agrees("gemm " + Arrays.toString(shape), product, 1.25 * k + 1);
            }
        }
    }

    /** Stable order, −0 before 0, NaN last. */
    public void sorts() {
        for (int n : SIZES) {
            double[] keys = numbers(n, 4);
            for (int i = 0; i < n; i++) {
                // many ties, and numbers that are none
                keys[i] = i % 3 == 0 ? Math.rint(keys[i] * 4) : keys[i];
                keys[i] = i % 50 == 11 ? Double.NaN : i % 50 == 12 ? -0.0 : keys[i];
                keys[i] = i % 70 == 13 ? Double.NEGATIVE_INFINITY : keys[i];
            }
            Operation sort =
                    (session, type) -> {
                        Buffer order = session.allocate(ElementType.I32, n, 1);
                        session.operations().argsort(buffer(session, type, 1, keys), order);
                        return read(order);
                    };
            agrees("argsort of " + n, sort, 0);
        }
    }

    /** Sums of the rows before. */
    public void scans() {
        for (int n : SIZES) {
            double[] values = numbers(3 * n, 5);
            Operation scan =
                    (session, type) -> {
                        Buffer sums = session.allocate(type, n, 3);
                        session.operations().exclusiveScan(buffer(session, type, 3, values), sums);
                        return read(sums);
                    };
            agrees("scan of " + n, scan, n);
        }
    }

    /** Numbers of the rows whose flag is not zero. */
    public void compacts() {
        for (int n : SIZES) {
            double[] flags = numbers(n, 6);
            for (int i = 0; i < n; i++) {
                flags[i] = i % 3 == 0 ? flags[i] : i % 7 == 0 ? Double.NaN : -0.0;
            }
            Operation compact =
                    (session, type) -> {
                        Buffer rows = session.allocate(ElementType.I32, n, 1);
                        long count =
                                session.operations().compact(buffer(session, type, 1, flags), rows);
                        return Arrays.copyOf(read(rows), Math.toIntExact(count));
                    };
            agrees("compaction of " + n, compact, 0);
        }
    }

    /** Fourier transforms of powers of two, primes and products, there and back. */
    public void transforms() {
        for (int n : new int[] {1, 2, 3, 7, 64, 100, 127, 1021, 1024}) {
            int rows = 3;
            double[] signal = numbers(rows * n, 7);
            int width = 2 * (n / 2 + 1);
            Operation there =
                    (session, type) -> {
                        Buffer spectrum = session.allocate(type, rows, width);
                        session.operations().realFft(buffer(session, type, n, signal), spectrum);
                        return read(spectrum);
                    };
            agrees("FFT of " + n, there, n);
            double[] bins = numbers(rows * width, 8);
            Operation back =
                    (session, type) -> {
                        Buffer result = session.allocate(type, rows, n);
                        session.operations()
                                .inverseRealFft(buffer(session, type, width, bins), result);
                        return read(result);
                    };
            agrees("inverse FFT of " + n, back, 2);
        }
    }

    /** Shapes that do not fit are refused. */
    public void refusesWrongShapes() {
        try (var session = under.open(Workers.SERIAL)) {
            Buffer wide = session.allocate(under.arithmetic(), 4, 3);
            Buffer order = session.allocate(ElementType.I32, 4, 1);
            BufferOperations operations = session.operations();
            refuses("gemm", () -> operations.gemm(1, wide, false, wide, false, 0, wide));
            refuses("argsort", () -> operations.argsort(wide, order));
            refuses("scan", () -> operations.exclusiveScan(wide, order));
            refuses("compaction", () -> operations.compact(wide, order));
            refuses("FFT", () -> operations.realFft(wide, wide));
        }
    }

    private static void refuses(String what, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, what + " refuses without a sentence");
            return;
        }
        throw new AssertionError(what + " of shapes that do not fit is not refused");
    }

    /**
     * @param scale what errors are relative to
     */
    private void agrees(String what, Operation operation, double scale) {
        double[] wanted;
        try (var reference = Agreement.reference()) {
            wanted = operation.on(reference, ElementType.F64);
        }
        double[] first = null;
        for (int count = 1; count <= 3; count++) {
            try (var workers = new Threads(count);
                    var session = under.open(workers)) {
                double[] found = operation.on(session, under.arithmetic());
                require(found.length == wanted.length, what + ": " + found.length + " numbers");
                first = first == null ? found : first;
                require(
                        Arrays.equals(first, found),
                        what + ": other bits on " + count + " threads");
            }
        }
        for (int k = 0; k < wanted.length; k++) {
            require(
                    Math.abs(first[k] - wanted[k]) <= under.unit() * scale,
                    "%s: [%d] is %s, not %s".formatted(what, k, first[k], wanted[k]));
        }
    }

    private static double[] numbers(int count, long seed) {
        var random = new SplittableRandom(seed);
        var values = new double[count];
        Arrays.setAll(values, k -> (float) random.nextDouble(-1, 1));
        return values;
    }

    private static Buffer buffer(Session session, ElementType type, int width, double[] values) {
        Buffer buffer = session.allocate(type, values.length / width, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    private static double[] read(Buffer buffer) {
        var values = new double[Math.toIntExact(buffer.rows() * buffer.width())];
        buffer.read(Array.of(buffer.width(), values));
        return values;
    }
}
