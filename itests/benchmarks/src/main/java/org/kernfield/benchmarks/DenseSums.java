package org.kernfield.benchmarks;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Sums of Gaussians over all pairs of 4,096 points and as many sources in some dimensions, with
 * some columns of weights, in both precisions. One operation is one pair, so ops/ns reads as 10⁹
 * pairs a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DenseSums {
    private static final int POINTS = 4096;
    private static final int PAIRS = POINTS * POINTS;

    @Param({"3", "8", "64", "784"})
    private int dimensions;

    @Param("1")
    private int columns;

    @Param({"F32", "F64"})
    private Precision precision;

    @Param("1")
    private int threads;

    private Cpu cpu;
    private Reduction sum;
    private Args args;
    private Map<String, Buffer> result;

    @Setup
    public void place() {
        cpu = new Cpu(threads);
        sum = Reduction.sum(gaussian(), Neighbourhood.ALL);
        var random = new Random(1);
        args =
                Args.rows(POINTS)
                        .with("x", uniform(random, dimensions))
                        .with("p", uniform(random, dimensions))
                        .with(Kernel.WEIGHT, uniform(random, columns));
        var type = ElementType.of(precision);
        result = Map.of("value", cpu.session.allocate(type, POINTS, columns));
    }

    private Buffer uniform(Random random, int width) {
        var type = ElementType.of(precision);
        Array numbers = Array.zeros(type, POINTS, width);
        for (long k = 0; k < numbers.elements(); k++) {
            numbers.set(k, random.nextFloat());
        }
        Buffer buffer = cpu.session.allocate(type, POINTS, width);
        buffer.write(numbers);
        return buffer;
    }

    /** exp(−|x − p|²/2ℓ²) with ℓ² in proportion to the dimension, so that no value is tiny. */
    private Kernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", dimensions);
        Vec p = k.param("p", dimensions);
        var squared = dimensions <= 3 ? x.minus(p).squaredNorm() : x.sqdist(p);
        k.output("value", squared.times(30.0 / dimensions).radial(new RadialProfile.Gaussian()));
        return k.done().weighted(columns).in(precision);
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void sum() {
        cpu.session.run(sum, args, result);
    }

    @TearDown
    public void close() {
        cpu.close();
    }
}
