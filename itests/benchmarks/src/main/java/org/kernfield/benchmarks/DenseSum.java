package org.kernfield.benchmarks;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * y_i = Σ_j exp(−|x_i − p_j|²/2ℓ²)·w_j for 20,480 points and as many sources in three dimensions,
 * float32. One operation is one pair, so ops/ns reads as 10⁹ pairs a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class DenseSum {
    private static final int POINTS = 20_480;
    private static final int PAIRS = POINTS * POINTS;

    /** The scalar loop is slow; it takes a tenth of the points. */
    private static final int FEW = 2_048;

    private static final float LENGTHSCALE = 0.2f;

    private final float[][] x = new float[3][POINTS];
    private final float[][] p = new float[3][POINTS];
    private final float[] weights = new float[POINTS];
    private final float[] result = new float[POINTS];
    private Cpu one;
    private Cpu two;
    private Reduction sum;
    private Args oneArgs;
    private Args twoArgs;
    private Map<String, Buffer> oneResult;
    private Map<String, Buffer> twoResult;

    @Setup
    public void place() {
        var random = new Random(1);
        var xs = new float[3 * POINTS];
        var ps = new float[3 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            for (int axis = 0; axis < 3; axis++) {
                xs[3 * i + axis] = x[axis][i] = random.nextFloat();
                ps[3 * i + axis] = p[axis][i] = random.nextFloat();
            }
            weights[i] = random.nextFloat() - 0.5f;
        }
        sum = Reduction.sum(gaussian().weighted(1), Neighbourhood.ALL);
        one = new Cpu(1);
        two = new Cpu(2);
        oneArgs = args(one, xs, ps);
        twoArgs = args(two, xs, ps);
        oneResult = Map.of("value", one.zeros(POINTS, 1));
        twoResult = Map.of("value", two.zeros(POINTS, 1));
        compare();
    }

    /** What is compared for speed must agree first. */
    private void compare() {
        int some = 64;
        one.session.run(sum, oneArgs, oneResult);
        var kernel = Array.zeros(ElementType.F32, POINTS, 1);
        oneResult.get("value").read(kernel);
        HandWritten.scalar(x, p, weights, LENGTHSCALE, result, some);
        float[] scalar = result.clone();
        HandWritten.vector(x, p, weights, LENGTHSCALE, result, some);
        for (int i = 0; i < some; i++) {
            if (Math.abs(kernel.get(i) - scalar[i]) > 1e-3
                    || Math.abs(result[i] - scalar[i]) > 1e-3) {
                throw new IllegalStateException(
                        "point %d: kernel %g, vector loop %g, scalar loop %g"
                                .formatted(i, kernel.get(i), result[i], scalar[i]));
            }
        }
    }

    private Args args(Cpu cpu, float[] xs, float[] ps) {
        return Args.rows(POINTS)
                .with("x", cpu.upload(3, xs))
                .with("p", cpu.upload(3, ps))
                .with(Kernel.WEIGHT, cpu.upload(1, weights));
    }

    private static Kernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", 3);
        Vec p = k.param("p", 3);
        var s = x.minus(p).squaredNorm().times(1 / (LENGTHSCALE * LENGTHSCALE));
        k.output("value", s.radial(new RadialProfile.Gaussian()));
        return k.done();
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void kernelOnOneThread() {
        one.session.run(sum, oneArgs, oneResult);
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void kernelOnTwoThreads() {
        two.session.run(sum, twoArgs, twoResult);
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public float[] vectorLoopByHand() {
        HandWritten.vector(x, p, weights, LENGTHSCALE, result, POINTS);
        return result;
    }

    @Benchmark
    @OperationsPerInvocation(FEW * POINTS)
    public float[] scalarLoopByHand() {
        HandWritten.scalar(x, p, weights, LENGTHSCALE, result, FEW);
        return result;
    }

    @TearDown
    public void close() {
        one.close();
        two.close();
    }
}
