package org.kernfield.benchmarks;

import org.kernfield.backend.Array;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.TableTask;
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

import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What an exact Gaussian process of {@code rows} rows and eight columns takes to tell 2,000 points,
 * asked as any user of the engine asks: the model is opened in each call. Hyper-parameters are
 * fixed, which predictions do not depend on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class Predictions {
    private static final int COLUMNS = 8;
    private static final int POINTS = 2_000;

    @Param("4000")
    private int rows;

    private Kernfield kernfield;
    private FieldHandle field;
    private Array points;

    /** A smooth function of all columns with noise of 0.05. */
    @Setup
    public void fit() throws Exception {
        var random = new SplittableRandom(1);
        double[] x = random.doubles((long) rows * COLUMNS).toArray();
        var y = new double[rows];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int c = 0; c < COLUMNS; c++) {
                sum += Math.sin((c + 1) * x[i * COLUMNS + c]) / (c + 1);
            }
            y[i] = sum + 0.05 * random.nextGaussian();
        }
        var names = IntStream.range(0, COLUMNS).mapToObj(c -> "x" + c).toList();
        kernfield = Kernfield.open(Files.createTempDirectory("predictions"));
        field =
                kernfield.fit(
                        FitRequest.of(new TableTask(names, List.of("y"), x, y, null, null))
                                .as("gp")
                                .set(
                                        "kernel",
                                        "1.0 fixed*rbf(ard, lengthscale=3 fixed)"
                                                + " + white(variance=0.01 fixed)"));
        points = Array.of(COLUMNS, random.doubles((long) POINTS * COLUMNS).toArray());
    }

    @Benchmark
    public Prediction means() {
        return told(Wanted.MEAN);
    }

    @Benchmark
    public Prediction meansAndDeviations() {
        return told(Wanted.VARIANCE);
    }

    private Prediction told(Wanted wanted) {
        return field.use(
                Predictive.class, (p, compute) -> p.predict(points, wanted, false, compute));
    }

    @TearDown
    public void close() {
        kernfield.close();
    }
}
