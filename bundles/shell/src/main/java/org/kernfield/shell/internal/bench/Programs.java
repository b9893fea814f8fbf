package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;

import java.util.List;
import java.util.function.Consumer;

/** What an operation costs in short, long and very long formulas. */
final class Programs implements Workload {
    private static final List<Integer> LENGTHS = List.of(50, 500, 3_000);
    private static final int ROWS = 100_000;

    /** A backend may interpret a long formula until it knows that compiling pays. */
    private static final double WARM_SECONDS = 20;

    private static final String UNIT = "ps an operation and row";

    @Override
    public String name() {
        return "operations";
    }

    @Override
    public String about() {
        return "formulas of 50, 500 and 3,000 operations";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        for (int length : LENGTHS) {
            Kernel kernel = kernel(length);
            int operations = kernel.program().operations();
            String name = "formula of %,d operations".formatted(operations);
            bench.figure(
                    name,
                    UNIT,
                    WARM_SECONDS,
                    session -> {
                        var rows = Bench.upload(session, 4, Gaussians.uniform(1, 4 * ROWS, 0, 1));
                        return Bench.run(
                                session, Reduction.map(kernel), Args.rows(ROWS).with("x", rows));
                    },
                    seconds -> Figure.of(name, 1e12 * seconds / operations / ROWS, UNIT),
                    found);
        }
    }

    /** Sums and products of the last values and the input, bounded by √(1 + v²) now and then. */
    private static Kernel kernel(int length) {
        var k = Kernel.build("formula");
        var x = k.input("x", 4);
        Expr[] last = {x.get(0), x.get(1), x.get(2), x.get(3)};
        for (int n = 0; n < length; n++) {
            Expr a = last[n % 4];
            Expr b = last[(n + 1) % 4];
            last[n % 4] =
                    switch (n % 5) {
                        case 0 -> a.times(b);
                        case 1 -> a.plus(x.get(n % 3));
                        case 2 -> a.minus(b.times(0.5));
                        case 3 -> a.times(0.25 + 0.001 * n);
                        default -> a.plus(b);
                    };
        }
        k.output("value", last[0].plus(last[1]).plus(last[2]).plus(last[3]));
        return k.done();
    }
}
