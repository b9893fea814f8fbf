package org.kernfield.benchmarks;

import org.kernfield.kernel.Op;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Nanoseconds of one logarithm of a Bessel function or of its derivatives, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LogBessels {
    private static final int COUNT = 20_000;

    /** Orders and arguments at random, of which each branch takes some. */
    public enum Region {
        /** ν below 22, x from 10⁻¹⁰ to 2. */
        SMALL,
        /** x from 2 on, √(ν² + x²) up to 22. */
        MODERATE,
        /** √(ν² + x²) from 22 to 60. */
        MIDDLE,
        /** ν up to 10⁴, x up to 10⁶, √(ν² + x²) from 60 on. */
        LARGE;

        private double[] pair(Random random) {
            return switch (this) {
                case SMALL -> at(22 * random.nextDouble(), power(random, -10, 0.3));
                case MODERATE -> turned(random, 2, 22);
                case MIDDLE -> turned(random, 22, 60);
                case LARGE -> at(power(random, -1, 4), power(random, 2, 6));
            };
        }

        /** At any angle at which x is 2 or more. */
        private static double[] turned(Random random, double least, double most) {
            double h = least + (most - least) * random.nextDouble();
            double angle = Math.acos(2 / h) * random.nextDouble();
            return at(h * Math.sin(angle), h * Math.cos(angle));
        }

        private static double power(Random random, double low, double high) {
            return Math.pow(10, low + (high - low) * random.nextDouble());
        }

        private static double[] at(double nu, double x) {
            return new double[] {nu, x};
        }
    }

    @Param public Region region;

    @Param({
        "LOG_BESSEL_K",
        "LOG_BESSEL_I",
        "LOG_BESSEL_K_BY_X",
        "LOG_BESSEL_I_BY_X",
        "LOG_BESSEL_K_BY_ORDER",
        "LOG_BESSEL_I_BY_ORDER"
    })
    public Op op;

    private final double[] orders = new double[COUNT];
    private final double[] arguments = new double[COUNT];

    @Setup
    public void place() {
        var random = new Random(1);
        for (int k = 0; k < COUNT; k++) {
            double[] pair = region.pair(random);
            orders[k] = pair[0];
            arguments[k] = pair[1];
        }
    }

    /** All values, so that none is left out. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double sum() {
        double sum = 0;
        for (int k = 0; k < COUNT; k++) {
            sum += op.apply(orders[k], arguments[k], 0);
        }
        return sum;
    }
}
