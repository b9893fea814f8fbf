package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.List;
import java.util.function.Consumer;

/** Whether a pair costs the same whatever the number of sources. */
final class PairCost implements Workload {
    private static final List<Integer> SOURCES = List.of(1_000, 10_000, 100_000, 1_000_000);

    /** Queries are left out beyond it, so that a run takes a moment only. */
    private static final long PAIRS = 1_000_000_000;

    private static final String UNIT = "ps a pair";

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public String about() {
        return "a pair's cost with 1,000 to 1,000,000 sources";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        Kernel kernel = Gaussians.kernel(3, 0.2, Precision.F32);
        for (int m : SOURCES) {
            int n = (int) Math.min(m, PAIRS / m);
            String name = "Gaussian sum d=3, %,d × %,d".formatted(n, m);
            bench.figure(
                    name,
                    UNIT,
                    session -> {
                        var args =
                                Args.rows(n)
                                        .with(
                                                "x",
                                                Bench.upload(
                                                        session,
                                                        3,
                                                        Gaussians.uniform(1, 3 * n, -0.5, 0.5)))
                                        .with(
                                                "p",
                                                Bench.upload(
                                                        session,
                                                        3,
                                                        Gaussians.uniform(2, 3 * m, -0.5, 0.5)))
                                        .with(
                                                Kernel.WEIGHT,
                                                Bench.upload(
                                                        session,
                                                        1,
                                                        Gaussians.uniform(3, m, -0.5, 0.5)));
                        return Bench.run(session, Reduction.sum(kernel, Neighbourhood.ALL), args);
                    },
                    seconds -> Figure.of(name, 1e12 * seconds / n / m, UNIT),
                    found);
        }
    }
}
