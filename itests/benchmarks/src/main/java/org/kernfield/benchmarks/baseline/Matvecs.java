package org.kernfield.benchmarks.baseline;

import java.util.Optional;
import java.util.Random;

/** Sums of Gaussians, 20,480 targets × as many sources on uniformly distributed points. */
final class Matvecs {
    private static final int N = 20_480;
    private static final int CHECKED = 32;

    private final Optional<NativeCode> c;

    Matvecs(Optional<NativeCode> c) {
        this.c = c;
    }

    void run() {
        var random = new Random(1);
        double[] points3 = uniform(random, 3 * N, 0.2);
        double[] sources3 = uniform(random, 3 * N, 0.2);
        double[] weights = random.doubles(N).map(w -> w - 0.5).toArray();
        three(floats(points3), floats(sources3), floats(weights));
        symmetric(floats(points3), floats(weights));
        three(points3, sources3, weights);
        eight(uniform(random, 8 * N, 0.5), uniform(random, 8 * N, 0.5), floats(weights));
    }

    private void three(float[] x, float[] p, float[] w) {
        var java = new float[N];
        GaussianSums.three(x, N, p, w, N, java);
        check("d=3", x, p, 3, w, java);
        var contest = new Contest("Gaussian sum d=3 float32", 1e-9 * N * N, "Gpairs/s");
        contest.with("Java", () -> GaussianSums.three(x, N, p, w, N, java));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "gaussian3",
                                        NativeCode.copy(x),
                                        (long) N,
                                        NativeCode.copy(p),
                                        NativeCode.copy(w),
                                        (long) N,
                                        NativeCode.copy(new float[N]))));
        contest.run();
    }

    private void symmetric(float[] x, float[] w) {
        var java = new float[N];
        GaussianSums.symmetric(x, N, w, java);
        check("symmetric", x, x, 3, w, java);
        var contest = new Contest("Gaussian sum d=3 symmetric", 1e-9 * N * N, "Gpairs/s");
        contest.with("Java", () -> GaussianSums.symmetric(x, N, w, java));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "symmetric3",
                                        NativeCode.copy(x),
                                        (long) N,
                                        NativeCode.copy(w),
                                        NativeCode.copy(new float[N]))));
        contest.run();
    }

    private void three(double[] x, double[] p, double[] w) {
        var java = new double[N];
        GaussianSums.three(x, N, p, w, N, java);
        var contest = new Contest("Gaussian sum d=3 float64", 1e-9 * N * N, "Gpairs/s");
        contest.with("Java", () -> GaussianSums.three(x, N, p, w, N, java));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "gaussian3_f64",
                                        NativeCode.copy(x),
                                        (long) N,
                                        NativeCode.copy(p),
                                        NativeCode.copy(w),
                                        (long) N,
                                        NativeCode.copy(new double[N]))));
        contest.run();
    }

    private void eight(double[] points, double[] sources, float[] w) {
        var x = new float[9 * N];
        var p = new float[9 * N];
        for (int i = 0; i < N; i++) {
            double square = 0;
            double other = 0;
            for (int k = 0; k < 8; k++) {
                x[k * N + i] = (float) points[k * N + i];
                p[9 * i + k] = (float) (-2 * sources[k * N + i]);
                square += points[k * N + i] * points[k * N + i];
                other += sources[k * N + i] * sources[k * N + i];
            }
            x[8 * N + i] = (float) square;
            p[9 * i + 8] = (float) other;
        }
        var java = new float[N];
        GaussianSums.eight(x, N, p, w, N, java);
        check("d=8", x, floats(sources), 8, w, java);
        var contest = new Contest("Gaussian sum d=8 float32", 1e-9 * N * N, "Gpairs/s");
        contest.with("Java", () -> GaussianSums.eight(x, N, p, w, N, java));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "gaussian8",
                                        NativeCode.copy(x),
                                        (long) N,
                                        NativeCode.copy(p),
                                        NativeCode.copy(w),
                                        (long) N,
                                        NativeCode.copy(new float[N]))));
        contest.run();
    }

    /** What is compared for speed must be right: within 1e-6 of the sum of all terms' sizes. */
    private static void check(
            String name, float[] x, float[] p, int dimensions, float[] w, float[] result) {
        for (int i = 0; i < CHECKED; i++) {
            double sum = 0;
            double sizes = 0;
            for (int j = 0; j < N; j++) {
                double q = 0;
                for (int k = 0; k < dimensions; k++) {
                    double d = (double) x[k * N + i] - p[k * N + j];
                    q += d * d;
                }
                double term = Math.pow(2, -q) * w[j];
                sum += term;
                sizes += Math.abs(term);
            }
            if (Math.abs(result[i] - sum) > 1e-6 * sizes) {
                throw new IllegalStateException(
                        "%s, point %d: %g instead of %g".formatted(name, i, result[i], sum));
            }
        }
    }

    /** Planes of points in the unit cube about 0, scaled for 2^(−|x − p|²) at a length scale. */
    private static double[] uniform(Random random, int count, double lengthscale) {
        double scale = Math.sqrt(0.5 / Math.log(2)) / lengthscale;
        return random.doubles(count).map(v -> scale * (v - 0.5)).toArray();
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
