package org.kernfield.gp.model;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.gp.RandomWaves;
import org.kernfield.gp.exact.Rows;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Functions drawn from a process by Matheron's rule: f(x) = μ(x) + √s·(φ(x) − k(x, X)·K⁻¹(φ(X) +
 * ε)), φ a draw of random waves before anything is observed, ε of the noise, s the unknown factor
 * of a Student-t process.
 *
 * <p>Source: J. T. Wilson and others, Efficiently sampling functions from Gaussian process
 * posteriors (2020), equation 13.
 */
final class Paths {
    /** Waves of each term. */
    private static final int WAVES = 1024;

    private static final String X = "x";
    private static final String OMEGA = "omega";
    private static final String COSINES = "cosines";
    private static final String SINES = "sines";
    private static final String VALUE = "value";

    private final Process process;
    private final long seed;
    private final int count;
    private final List<RandomWaves> priors;
    private final double[] roots;
    private final Array update;

    private Paths(Process process, long seed, int count, List<RandomWaves> priors, Array update) {
        this.process = process;
        this.seed = seed;
        this.count = count;
        this.priors = priors;
        this.roots = process.factor().roots(count, seed);
        this.update = update;
    }

    /**
     * Draws functions.
     *
     * @param count functions, each of all targets
     */
    static Paths draw(Process process, int count, long seed, Compute compute) {
        int all = Math.multiplyExact(count, process.outputs().perRow());
        var priors =
                IntStream.range(0, all)
                        .mapToObj(f -> new StreamNumbers(seed, 2 * f))
                        .map(random -> RandomWaves.draw(process.k(), WAVES, random))
                        .toList();
        int n = (int) process.x().rows();
        double[] noise = process.conditioning().noise(compute);
        var right = new double[Math.multiplyExact(n, all)];
        for (int f = 0; f < all; f++) {
            compute.checkCancelled();
            double[] drawn = observed(process, priors.get(f), compute);
            var random = new StreamNumbers(seed, 2 * f + 1);
            for (int i = 0; i < n; i++) {
                right[i * all + f] = drawn[i] + Math.sqrt(noise[i]) * random.normal();
            }
        }
        double[] update = process.conditioning().solve(right, all, compute);
        return new Paths(process, seed, count, priors, Array.of(all, update));
    }

    boolean isOf(int wanted, long from) {
        return count == wanted && seed == from;
    }

    /** A draw before anything is observed, at the rows that were. */
    private static double[] observed(Process process, RandomWaves prior, Compute compute) {
        int d = process.k().dimension();
        int width = process.x().width();
        if (width == d) {
            return values(prior, process.x(), 1, compute);
        }
        double[] rows = Rows.doubles(process.x());
        int n = rows.length / width;
        var inputs = new double[n * d];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows, i * width, inputs, i * d, d);
        }
        int p = process.outputs().count();
        double[] all = values(prior, Array.of(d, inputs), p, compute);
        var own = new double[n];
        Arrays.setAll(own, i -> all[i * p + (int) rows[i * width + d]]);
        return own;
    }

    /** φ at points, m × outputs. */
    private static double[] values(RandomWaves waves, Array points, int outputs, Compute compute) {
        int d = points.width();
        Kernel kernel = kernel(d, outputs);
        try (Buffer x = upload(points, compute);
                Buffer omega = upload(Array.of(d, waves.frequencies()), compute);
                Buffer cosines = upload(Array.of(outputs, waves.cosines()), compute);
                Buffer sines = upload(Array.of(outputs, waves.sines()), compute);
                Buffer values = compute.allocate(ElementType.F64, points.rows(), outputs)) {
            Args args =
                    Args.rows(points.rows())
                            .with(X, x)
                            .with(OMEGA, omega)
                            .with(COSINES, cosines)
                            .with(SINES, sines);
            compute.run(Reduction.sum(kernel, Neighbourhood.ALL), args, Map.of(VALUE, values));
            var all = new double[(int) points.rows() * outputs];
            values.read(Array.of(outputs, all));
            return all;
        }
    }

    private static Kernel kernel(int d, int outputs) {
        var k = Kernel.build("waves").precision(Precision.F64);
        Vec x = k.input(X, d);
        var angle = x.dot(k.param(OMEGA, d));
        Vec cosines = k.param(COSINES, outputs).times(angle.cos());
        Vec sines = k.param(SINES, outputs).times(angle.sin());
        return k.output(VALUE, cosines.plus(sines)).done();
    }

    private static Buffer upload(Array values, Compute compute) {
        Buffer buffer = compute.allocate(ElementType.F64, values.rows(), values.width());
        buffer.write(values);
        return buffer;
    }

    /**
     * What the functions differ by from the mean, standard units.
     *
     * @return count × (m·p)
     */
    double[] deviations(Array points, Compute compute) {
        int perRow = process.outputs().perRow();
        int outputs = process.outputs().numbered() == 0 ? 1 : process.outputs().count();
        Array rows = process.outputs().rows(points);
        double[] known =
                Rows.doubles(Rows.product(process.k(), rows, process.x(), update, compute));
        int m = (int) points.rows();
        int each = m * process.outputs().count();
        int all = update.width();
        var deviations = new double[Math.multiplyExact(count, each)];
        for (int f = 0; f < all; f++) {
            double[] prior = values(priors.get(f), points, outputs, compute);
            for (int i = 0; i < prior.length; i++) {
                int at = f / perRow * each + i * perRow + f % perRow;
                deviations[at] = roots[f] * (prior[i] - known[i * all + f]);
            }
        }
        return deviations;
    }
}
