package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Workers;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.Rendering;
import org.kernfield.field.Representation;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;

import java.util.SplittableRandom;

/** What an opened model owes; each check throws an {@link AssertionError}. */
final class FieldChecks {
    private static final int POINTS = 33;
    private static final long MEMORY = 1_000_000_000;

    /** Largest of the coordinates asked for. */
    private static final double REACH = 8;

    private static final double DRAWING = 1e-4;

    private final Representation representation;
    private final Model model;

    FieldChecks(Representation representation, Model model) {
        this.representation = representation;
        this.model = model;
    }

    /** Every value is a number. */
    void finite(Compute compute) {
        Field field = representation.open(model);
        long bytes = model.arrays().values().stream().mapToLong(a -> a.data().byteSize()).sum();
        require(
                field.parameters() > 0 && 4 * field.parameters() <= bytes,
                field.parameters() + " parameters in " + bytes + " bytes of arrays");
        Array values = field.values(points(ElementType.F32, field.inputs()), compute);
        require(
                values.rows() == POINTS && values.width() == field.outputs(),
                "%d points give %d × %d values".formatted(POINTS, values.rows(), values.width()));
        for (long k = 0; k < values.elements(); k++) {
            require(Double.isFinite(values.get(k)), "a value is " + values.get(k));
        }
    }

    private static Array points(ElementType type, int coordinates) {
        var random = new SplittableRandom(5);
        Array points = Array.zeros(type, POINTS, coordinates);
        for (long k = 0; k < points.elements(); k++) {
            points.set(k, random.nextDouble(0, REACH));
        }
        return points;
    }

    /**
     * A picture drawn at any size, if it can draw, shows the values at its pixels' places; or what
     * its first camera sees, if it can be looked at.
     */
    void drawsItsValues(Compute compute) {
        Field field = representation.open(model);
        var drawing = field.as(Rendering.class);
        if (drawing.isEmpty()) {
            return;
        }
        int width = drawing.get().naturalWidth();
        int height = drawing.get().naturalHeight();
        var viewing = field.as(Viewing.class);
        for (int[] size : new int[][] {{width, height}, {2 * width, 2 * height}, {1, 1}, {7, 3}}) {
            Image picture = drawing.get().render(size[0], size[1], compute);
            require(
                    picture.width() == size[0] && picture.height() == size[1],
                    "asked for %d × %d, drew %d × %d"
                            .formatted(size[0], size[1], picture.width(), picture.height()));
            Array expected =
                    viewing.map(able -> seen(able, size, compute))
                            .orElseGet(() -> field.values(centres(size, width, height), compute));
            for (int k = 0; k < picture.values().length; k++) {
                double drawn = picture.values()[k];
                double value = expected.get(k);
                require(
                        Math.abs(drawn - value) <= DRAWING * (1 + Math.abs(value)),
                        "%d × %d: drawn value %d is %s, at its place the field is %s"
                                .formatted(size[0], size[1], k, drawn, value));
            }
        }
    }

    private static Array seen(Viewing field, int[] size, Compute compute) {
        View view =
                field.views().isEmpty()
                        ? field.ring().view(0, Ring.VIEWS, size[0], size[1])
                        : field.views().getFirst();
        return pixels(field.view(view.with(view.camera().scaled(size[0], size[1])), compute));
    }

    /** Centres of the pixels of a drawing in the coordinates of the natural size. */
    private static Array centres(int[] size, int width, int height) {
        var points = new float[size[0] * size[1] * 2];
        for (int v = 0; v < size[1]; v++) {
            for (int u = 0; u < size[0]; u++) {
                points[2 * (v * size[0] + u)] = (float) ((u + 0.5) * width / size[0]);
                points[2 * (v * size[0] + u) + 1] = (float) ((v + 0.5) * height / size[1]);
            }
        }
        return Array.of(2, points);
    }

    /** Whatever it is asked, it answers alike on two backends, and keeps no memory of them. */
    void answersAlike(Backend backend, Backend reference) {
        Answers expected = answers(reference);
        answers(backend).requireAlike(expected);
    }

    private Answers answers(Backend backend) {
        var budget = new Budget(MEMORY);
        try (var compute = new BackendCompute(backend, Workers.SERIAL, budget)) {
            answers(compute);
            // a session may keep what it has compiled
            long kept = budget.used();
            Answers answers = answers(compute);
            require(
                    budget.used() <= kept,
                    "its answers keep %d bytes of memory".formatted(budget.used() - kept));
            return answers;
        }
    }

    private Answers answers(Compute compute) {
        Field field = representation.open(model);
        var answers = new Answers();
        Array points = points(ElementType.F32, field.inputs());
        answers.add("value", field.values(points, compute));
        field.as(Differentiable.class)
                .ifPresent(able -> answers.add("derivative", able.jacobian(points, compute)));
        field.as(Rendering.class)
                .map(able -> able.render(able.naturalWidth(), able.naturalHeight(), compute))
                .ifPresent(picture -> answers.addPicture("pixel", pixels(picture)));
        field.as(Viewing.class)
                .filter(able -> !able.views().isEmpty())
                .map(able -> able.view(able.views().getFirst(), compute))
                .ifPresent(picture -> answers.addPicture("pixel of a view", pixels(picture)));
        field.as(Predictive.class).ifPresent(able -> predict(able, compute, answers));
        return answers;
    }

    private static Array pixels(Image picture) {
        return Array.of(picture.channels(), picture.values());
    }

    private static void predict(Predictive field, Compute compute, Answers answers) {
        Array points = points(ElementType.F64, field.inputNames().size());
        Prediction joint = field.predict(points, Predictive.Wanted.COVARIANCE, true, compute);
        answers.add("mean", joint.mean());
        answers.add("variance", joint.variance());
        answers.add("covariance", joint.covariance());
        Prediction noisy = field.predict(points, Predictive.Wanted.VARIANCE, false, compute);
        answers.add("variance of an observation", noisy.variance());
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
