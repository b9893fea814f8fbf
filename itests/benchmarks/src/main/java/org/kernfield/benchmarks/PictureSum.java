package org.kernfield.benchmarks;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A picture of 1024 × 1024 pixels as the sum of 100,000 anisotropic Gaussians of three colours, cut
 * off at three standard deviations; and its gradient by centres, shapes and colours.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class PictureSum {
    private static final int SIDE = 1024;
    private static final int KERNELS = 100_000;

    /** Parts of work at one time. */
    @Param({"1", "2"})
    public int threads;

    private Cpu cpu;
    private Reduction sum;
    private Reduction gradient;
    private Args args;
    private Map<String, Buffer> picture;
    private Map<String, Buffer> gradients;

    @Setup
    public void place() {
        cpu = new Cpu(threads);
        sum = Reduction.sum(GeneratedField.gaussian().weighted(3), Neighbourhood.TILES);
        gradient = sum.vjp(Set.of("centre", "shape", Kernel.WEIGHT)).getFirst();
        var random = new Random(1);
        var centres = new float[2 * KERNELS];
        var shapes = new float[3 * KERNELS];
        var colours = new float[3 * KERNELS];
        var cotangent = new float[3 * SIDE * SIDE];
        for (int j = 0; j < KERNELS; j++) {
            centres[2 * j] = SIDE * random.nextFloat();
            centres[2 * j + 1] = SIDE * random.nextFloat();
            // logarithms of 1/σ for σ from 1 to 3 pixels, and a skew
            shapes[3 * j] = (float) -Math.log(1 + 2 * random.nextDouble());
            shapes[3 * j + 1] = random.nextFloat(-0.3f, 0.3f);
            shapes[3 * j + 2] = (float) -Math.log(1 + 2 * random.nextDouble());
        }
        fill(colours, random);
        fill(cotangent, random);
        picture = Map.of("value", cpu.zeros(SIDE * SIDE, 3));
        gradients =
                Map.of(
                        "d_centre",
                        cpu.zeros(KERNELS, 2),
                        "d_shape",
                        cpu.zeros(KERNELS, 3),
                        "d_" + Kernel.WEIGHT,
                        cpu.zeros(KERNELS, 3));
        args =
                Args.raster("x", SIDE, SIDE)
                        .with("centre", cpu.upload(2, centres))
                        .with("shape", cpu.upload(3, shapes))
                        .with(Kernel.WEIGHT, cpu.upload(3, colours))
                        .with("d_value", cpu.upload(3, cotangent));
    }

    private static void fill(float[] values, Random random) {
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat(-0.5f, 0.5f);
        }
    }

    @Benchmark
    public void forward() {
        cpu.session.run(sum, args, picture);
    }

    @Benchmark
    public void forwardAndBackward() {
        cpu.session.run(sum, args, picture);
        cpu.session.run(gradient, args, gradients);
    }

    @TearDown
    public void close() {
        cpu.close();
    }
}
