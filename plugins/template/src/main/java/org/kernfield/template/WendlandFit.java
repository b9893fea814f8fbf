package org.kernfield.template;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.State;
import org.kernfield.numerics.ConjugateGradient;

import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Least squares for the colours: the w that minimise |t − Φw|² + λ|w|² solve (ΦᵀΦ + λ) w = Φᵀt, and
 * a step is one of conjugate gradients.
 */
final class WendlandFit implements Fit {
    /** λ: large enough that rounding to float32 never makes the system indefinite. */
    private static final double RIDGE = 1e-4;

    /** Relative residual of a solved system; float32 tells no less. */
    private static final double SOLVED = 1e-5;

    private final Image image;
    private final Grid grid;
    private final double squares; // |t|²
    private double[] b; // Φᵀt
    private ConjugateGradient solver; // null until the first call

    WendlandFit(Image image, Grid grid) {
        this.image = image;
        this.grid = grid;
        double sum = 0;
        for (float t : image.values()) {
            sum += (double) t * t;
        }
        squares = sum;
    }

    @Override
    public void step(Compute compute) {
        try (var phi = new Design(grid, image, compute)) {
            prepare(phi);
            double[] p = solver.direction();
            double[] product = phi.normal(p);
            for (int k = 0; k < p.length; k++) {
                product[k] += RIDGE * p[k];
            }
            solver.advance(product);
        }
    }

    @Override
    public boolean isDone() {
        return solver != null && solver.residual() <= SOLVED;
    }

    /** Where the solver is. What {@code begin} makes again, such as the centres, is left out. */
    @Override
    public State state(Compute compute) {
        if (solver == null) {
            return new State(Map.of(), Map.of());
        }
        return new State(
                Map.of(
                        "b", rows(b),
                        "solution", rows(solver.solution()),
                        "remainder", rows(solver.remainder()),
                        "direction", rows(solver.direction())),
                Map.of());
    }

    @Override
    public void restore(State state, Compute compute) {
        if (state.arrays().isEmpty()) {
            solver = null;
            return;
        }
        b = numbers(state.array("b"));
        solver = new ConjugateGradient(b, image.channels());
        solver.restore(
                numbers(state.array("solution")),
                numbers(state.array("remainder")),
                numbers(state.array("direction")));
    }

    @Override
    public Metrics metrics() {
        if (solver == null) {
            return Metrics.none();
        }
        // |t − Φw|² = |t|² − w·(b + r) − λ|w|²  with  r = b − (ΦᵀΦ + λ)w, which is at hand
        double[] w = solver.solution();
        double[] r = solver.remainder();
        double error = squares;
        for (int k = 0; k < w.length; k++) {
            error -= w[k] * (b[k] + r[k] + RIDGE * w[k]);
        }
        // float32 knows the difference to seven digits of |t|²
        error = Math.max(error, 1e-7 * squares);
        return Metrics.of("psnr", -10 * Math.log10(error / image.values().length));
    }

    @Override
    public Model finish(Compute compute) {
        try (var phi = new Design(grid, image, compute)) {
            prepare(phi);
        }
        // in a fixed order, so that the same fit writes the same file
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("centres", grid.centres());
        arrays.put("weights", rows(solver.solution()).as(ElementType.F32));
        arrays.put("radius", Array.of(1, (float) grid.radius()));
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("width", Integer.toString(image.width()));
        metadata.put("height", Integer.toString(image.height()));
        metadata.put("channels", Integer.toString(image.channels()));
        return new Model(
                WendlandRepresentation.NAME,
                WendlandRepresentation.VERSION,
                "image",
                arrays,
                metadata);
    }

    private void prepare(Design phi) {
        if (solver == null) {
            b = phi.transposed(Array.of(image.channels(), image.values()));
            solver = new ConjugateGradient(b, image.channels());
        }
    }

    private Array rows(double[] values) {
        return Array.of(image.channels(), values);
    }

    private static double[] numbers(Array array) {
        return array.data().toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
    }
}
