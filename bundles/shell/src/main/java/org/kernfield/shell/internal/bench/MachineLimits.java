package org.kernfield.shell.internal.bench;

import java.util.function.Consumer;

/** What the machine can do at best, as the backend measured it. */
final class MachineLimits implements Workload {
    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String about() {
        return "what this machine can do at best";
    }

    @Override
    public void measure(Bench bench, Consumer<Figure> found) {
        bench.limits()
                .ifPresentOrElse(
                        l -> {
                            found.accept(
                                    Figure.of(
                                            "multiply-adds float32", 2e-9 * l.fma32(), "GFLOP/s"));
                            found.accept(
                                    Figure.of(
                                            "multiply-adds float64", 2e-9 * l.fma64(), "GFLOP/s"));
                            found.accept(
                                    Figure.of(
                                            "mixed operations float32",
                                            1e-9 * l.operations32(),
                                            "10⁹/s"));
                            found.accept(
                                    Figure.of(
                                            "exponentials float32",
                                            1e-9 * l.exponentials32(),
                                            "10⁹/s"));
                            found.accept(Figure.of("memory", 1e-9 * l.bytes(), "GB/s"));
                        },
                        () ->
                                found.accept(
                                        Figure.missing(
                                                "limits",
                                                "",
                                                "the backend does not measure them")));
    }
}
