package org.kernfield.shell.internal.bench;

import java.util.List;
import java.util.function.Consumer;

/** Something to measure, a few seconds long. */
public interface Workload {
    /** What people type. */
    String name();

    /** One line for people. */
    String about();

    /**
     * Measures it.
     *
     * @param bench where to compute
     * @param found given each figure as soon as it is known
     */
    void measure(Bench bench, Consumer<Figure> found);

    /** All there are, in the order in which they run. */
    static List<Workload> all() {
        return List.of(
                new MachineLimits(),
                new GaussianSums(),
                new PictureField(),
                new Splats(),
                new ScreenSplats(),
                new DenseAlgebra(),
                new Programs(),
                new Starts(),
                new PairCost());
    }
}
