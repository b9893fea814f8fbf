package org.kernfield.numerics.lapack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Factorisations of LAPACK in float64, by columns as LAPACK has them. The arrays are native.
 *
 * <p>Source: the reference LAPACK 3.7 or newer (for {@code dsytrf_rk}).
 */
final class Lapack {
    private final MethodHandle pstrf;
    private final MethodHandle sytrf;
    private final MethodHandle gelqf;
    private final MethodHandle ormlq;
    private final MethodHandle geqp3;
    private final MethodHandle syevd;
    private final MethodHandle gesdd;

    Lapack(NativeLibrary library) {
        pstrf = handle(library, "dpstrf_", 9, 1);
        sytrf = handle(library, "dsytrf_rk_", 9, 1);
        gelqf = handle(library, "dgelqf_", 8, 0);
        ormlq = handle(library, "dormlq_", 13, 2);
        geqp3 = handle(library, "dgeqp3_", 9, 0);
        syevd = handle(library, "dsyevd_", 11, 2);
        gesdd = handle(library, "dgesdd_", 14, 1);
    }

    /** Fortran passes pointers, and after them the length of each text by value. */
    private static MethodHandle handle(
            NativeLibrary library, String name, int pointers, int texts) {
        var layouts = new MemoryLayout[pointers + texts];
        Arrays.fill(layouts, 0, pointers, ADDRESS);
        Arrays.fill(layouts, pointers, layouts.length, JAVA_LONG);
        return library.handle(name, FunctionDescriptor.ofVoid(layouts));
    }

    private static void call(MethodHandle routine, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        while (all.size() < routine.type().parameterCount()) {
            all.add(1L);
        }
        try {
            routine.invokeWithArguments(all);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    /** A routine that first says how much room it wants, a number of 32 bits, then computes. */
    private interface Asking {
        void call(MemorySegment work, MemorySegment length);
    }

    private static void withWork(Frame frame, Asking routine) {
        MemorySegment size = frame.doubles(1);
        routine.call(size, frame.number(-1));
        double wanted = size.get(JAVA_DOUBLE, 0);
        if (!(wanted >= 0 && wanted <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "LAPACK asks for a workspace of %.0f numbers; use a smaller matrix"
                            .formatted(wanted));
        }
        int length = Math.max(1, (int) wanted);
        MemorySegment work = frame.doubles(length);
        frame.run(() -> routine.call(work, frame.number(length)));
    }

    private static int result(MemorySegment info) {
        return info.get(JAVA_INT, 0);
    }

    /** Pᵀ·A·P = Uᵀ·U of the upper triangle; returns the rank. */
    int pstrf(Frame frame, int n, MemorySegment a, MemorySegment pivots, double tolerance) {
        MemorySegment order = frame.number(n);
        MemorySegment rank = frame.number(0);
        MemorySegment limit = frame.number(tolerance);
        MemorySegment work = frame.doubles(2L * n);
        MemorySegment info = frame.number(0);
        MemorySegment upper = frame.letter('U');
        frame.run(() -> call(pstrf, upper, order, a, order, pivots, rank, limit, work, info));
        return result(rank);
    }

    /** A = P·L·D·Lᵀ·Pᵀ of the lower triangle; {@code beside} has D below its diagonal. */
    void sytrf(Frame frame, int n, MemorySegment a, MemorySegment beside, MemorySegment pivots) {
        MemorySegment order = frame.number(n);
        MemorySegment info = frame.number(0);
        MemorySegment lower = frame.letter('L');
        withWork(
                frame,
                (work, length) ->
                        call(sytrf, lower, order, a, order, beside, pivots, work, length, info));
    }

    /** A = L·Q of m × n. */
    void gelqf(Frame frame, int m, int n, MemorySegment a, MemorySegment tau) {
        MemorySegment rows = frame.number(m);
        MemorySegment columns = frame.number(n);
        MemorySegment info = frame.number(0);
        withWork(
                frame,
                (work, length) -> call(gelqf, rows, columns, a, rows, tau, work, length, info));
    }

    /** C ← C·Q or C·Qᵀ of r × m, Q from {@link #gelqf} with k reflections and leading dimension. */
    void ormlq(
            Frame frame,
            boolean transpose,
            int r,
            int m,
            int k,
            MemorySegment a,
            int leading,
            MemorySegment tau,
            MemorySegment c) {
        MemorySegment right = frame.letter('R');
        MemorySegment turn = frame.letter(transpose ? 'T' : 'N');
        MemorySegment rows = frame.number(r);
        MemorySegment columns = frame.number(m);
        MemorySegment count = frame.number(k);
        MemorySegment stride = frame.number(leading);
        MemorySegment info = frame.number(0);
        withWork(
                frame,
                (work, length) ->
                        call(
                                ormlq, right, turn, rows, columns, count, a, stride, tau, c, rows,
                                work, length, info));
    }

    /** A·P = Q·R of m × n; {@code pivots} are zeros before and numbers from 1 after. */
    void geqp3(
            Frame frame, int m, int n, MemorySegment a, MemorySegment pivots, MemorySegment tau) {
        MemorySegment rows = frame.number(m);
        MemorySegment columns = frame.number(n);
        MemorySegment info = frame.number(0);
        withWork(
                frame,
                (work, length) ->
                        call(geqp3, rows, columns, a, rows, pivots, tau, work, length, info));
    }

    /** A = V·diag(w)·Vᵀ of the upper triangle; returns 0 or a number that says it failed. */
    int syevd(Frame frame, int n, MemorySegment a, MemorySegment values) {
        MemorySegment vectors = frame.letter('V');
        MemorySegment upper = frame.letter('U');
        MemorySegment order = frame.number(n);
        int integers = 3 + 5 * n;
        MemorySegment integerWork = frame.ints(integers);
        MemorySegment integerLength = frame.number(integers);
        MemorySegment info = frame.number(0);
        withWork(
                frame,
                (work, length) ->
                        call(
                                syevd,
                                vectors,
                                upper,
                                order,
                                a,
                                order,
                                values,
                                work,
                                length,
                                integerWork,
                                integerLength,
                                info));
        return result(info);
    }

    /**
     * A = U·diag(s)·Vᵀ of m × n, k = min(m, n): u is m × k, vt is k × n; returns 0 or a failure.
     */
    int gesdd(
            Frame frame,
            int m,
            int n,
            MemorySegment a,
            MemorySegment s,
            MemorySegment u,
            MemorySegment vt) {
        int k = Math.min(m, n);
        MemorySegment some = frame.letter('S');
        MemorySegment rows = frame.number(m);
        MemorySegment columns = frame.number(n);
        MemorySegment least = frame.number(k);
        MemorySegment integerWork = frame.ints(8L * k);
        MemorySegment info = frame.number(0);
        withWork(
                frame,
                (work, length) ->
                        call(
                                gesdd,
                                some,
                                rows,
                                columns,
                                a,
                                rows,
                                s,
                                u,
                                rows,
                                vt,
                                least,
                                work,
                                length,
                                integerWork,
                                info));
        return result(info);
    }
}
