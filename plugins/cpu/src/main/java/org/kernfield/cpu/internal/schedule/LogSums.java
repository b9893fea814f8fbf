package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

/**
 * log Σ exp of planes of values, element by element: some planes at a time join a running maximum m
 * and the sum s of what is relative to it. Every so many planes the result so far goes up as one
 * value, so that long sums keep their digits.
 */
final class LogSums {
    /** Planes that join at a time. */
    private static final int GROUP = 8;

    /** Groups whose result goes up. */
    private static final int GROUPS = 64;

    private final CompiledKernels kernels;
    private final CompiledMap step;
    private final CompiledMap result;
    private final Precision precision;
    private final int stride;

    /** m, s, then the values that wait. */
    private final Object planes;

    private final Planes all;
    private LogSums above;
    private int waiting;
    private int groups;

    LogSums(CompiledKernels kernels, Precision precision, int length) {
        this.kernels = kernels;
        this.precision = precision;
        this.stride = VectorWidth.roundUp(length) + 2 * VectorWidth.LANES;
        step = kernels.map(step(precision));
        result = kernels.map(result(precision));
        planes = Numbers.array(precision, (GROUP + 2) * stride);
        all = Planes.consecutive(planes, GROUP + 2, stride);
        begin();
    }

    private void begin() {
        Numbers.fill(planes, 0, stride, Double.NEGATIVE_INFINITY);
        Numbers.fill(planes, stride, 2 * stride, 0);
        waiting = 0;
        groups = 0;
    }

    /** The array in which {@link #take} hands out places. */
    Object planes() {
        return planes;
    }

    /** Where the next plane of values goes; the one before has been written. */
    int take() {
        if (waiting == GROUP) {
            join();
            if (++groups == GROUPS) {
                above = above == null ? new LogSums(kernels, precision, stride) : above;
                int at = above.take();
                write(above.planes, at);
                begin();
            }
        }
        return (2 + waiting++) * stride;
    }

    /** The planes that wait join; those that are missing count for nothing. */
    private void join() {
        Numbers.fill(
                planes, (2 + waiting) * stride, (2 + GROUP) * stride, Double.NEGATIVE_INFINITY);
        run(step, all, all);
        waiting = 0;
    }

    private void write(Object into, int at) {
        var out = new Planes(1);
        out.set(0, into, at);
        run(result, all, out);
    }

    private void run(CompiledMap map, Planes in, Planes out) {
        var reads = new Planes(map.code.inputs().size());
        for (int k = 0; k < reads.count(); k++) {
            var load = map.code.inputs().get(k);
            int plane =
                    switch (load.slot().name()) {
                        case "m" -> 0;
                        case "s" -> 1;
                        default -> 2 + load.component();
                    };
            reads.set(k, in.arrays()[plane], in.offsets()[plane]);
        }
        map.code
                .code()
                .run(
                        reads.arrays(),
                        reads.offsets(),
                        Numbers.array(precision, 0),
                        out.arrays(),
                        out.offsets(),
                        0,
                        stride / VectorWidth.LANES * VectorWidth.LANES);
    }

    /** Writes the results and begins anew. */
    void finish(Planes out, int component, int at, int length) {
        join();
        if (above != null) {
            write(above.planes, above.take());
            above.finish(out, component, at, length);
            above = null;
        } else {
            var values = Numbers.array(precision, stride);
            write(values, 0);
            System.arraycopy(
                    values, 0, out.arrays()[component], out.offsets()[component] + at, length);
        }
        begin();
    }

    /** exp(a − shift). */
    static Kernel exponential(Precision precision) {
        var k = Kernel.build("exponential").precision(precision);
        k.output("y", k.input("a").minus(k.uniform("shift")).exp());
        return k.done();
    }

    private static Kernel step(Precision precision) {
        var k = Kernel.build("log-sum step").precision(precision);
        Expr m = k.input("m");
        Expr s = k.input("s");
        Vec v = k.input("v", GROUP);
        Expr larger = m;
        for (int c = 0; c < GROUP; c++) {
            larger = larger.max(v.get(c));
        }
        Expr infinity = Expr.of(Double.POSITIVE_INFINITY);
        // nothing is taken relative to an infinity
        Expr shift = larger.abs().lessThan(infinity).select(larger, Expr.of(0));
        shift = larger.atMost(infinity).select(shift, larger);
        Expr sum = s.times(m.minus(shift).exp());
        for (int c = 0; c < GROUP; c++) {
            sum = sum.plus(v.get(c).minus(shift).exp());
        }
        k.output("larger", larger);
        k.output("sum", sum);
        return k.done();
    }

    private static Kernel result(Precision precision) {
        var k = Kernel.build("log-sum").precision(precision);
        k.output("y", k.input("m").plus(k.input("s").log()));
        return k.done();
    }
}
