package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** How long new formulas take until they run, and until they run fast. */
final class Starts implements Workload {
    private static final int FORMULAS = 8;
    private static final int FEW = 64;
    private static final int MANY = 4_096;
    private static final double STEADY_SECONDS = 4;

    /** Of the best rate at which a formula counts as fast. */
    private static final double FAST = 0.9;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "from a new formula to its first result, and to full speed";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        compile(bench, found);
        peak(bench, found);
    }

    private static void compile(Bench bench, Consumer<Figure> found) {
        String name = "new formula with its gradient, first result";
        try (var session = bench.open()) {
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < FORMULAS; k++) {
                // no two alike, or the second would be found compiled
                var sum =
                        Reduction.sum(
                                Gaussians.kernel(3, fresh(k), Precision.F32), Neighbourhood.ALL);
                var args = args(session, FEW);
                best =
                        Math.min(
                                best,
                                Bench.once(
                                        () -> {
                                            Bench.run(session, sum, args).run();
                                            sum.vjp(Set.of("x", "p", Kernel.WEIGHT))
                                                    .forEach(
                                                            r -> Bench.run(session, r, args).run());
                                        }));
            }
            found.accept(Figure.of(name, 1e3 * best, "ms"));
        }
    }

    private static double fresh(int k) {
        return 0.2 + 1e-3 * k + 1e-12 * (System.nanoTime() % 1_000_000);
    }

    /** The time from the first call to the end of the first one that is as fast as any. */
    private static void peak(Bench bench, Consumer<Figure> found) {
        String name = "new formula to 90 % of its speed";
        try (var session = bench.open()) {
            var sum =
                    Reduction.sum(
                            Gaussians.kernel(3, fresh(FORMULAS), Precision.F32), Neighbourhood.ALL);
            var run = Bench.run(session, sum, args(session, MANY));
            var seconds = new ArrayList<Double>();
            double spent = 0;
            while (spent < STEADY_SECONDS) {
                seconds.add(Bench.once(run));
                spent += seconds.getLast();
            }
            double fast = seconds.stream().mapToDouble(s -> s).min().orElseThrow() / FAST;
            double until = 0;
            for (double s : seconds) {
                until += s;
                if (s <= fast) {
                    break;
                }
            }
            found.accept(Figure.of(name, until, "s"));
        } catch (CancellationException e) {
            found.accept(Figure.missing(name, "s", "too slow to be measured"));
        }
    }

    private static Args args(Session session, int n) {
        return Args.rows(n)
                .with("x", Bench.upload(session, 3, Gaussians.uniform(1, 3 * n, -0.5, 0.5)))
                .with("p", Bench.upload(session, 3, Gaussians.uniform(2, 3 * n, -0.5, 0.5)))
                .with(Kernel.WEIGHT, Bench.upload(session, 1, Gaussians.uniform(3, n, -0.5, 0.5)))
                .with("d_value", Bench.upload(session, 1, Gaussians.uniform(4, n, -0.5, 0.5)));
    }
}
