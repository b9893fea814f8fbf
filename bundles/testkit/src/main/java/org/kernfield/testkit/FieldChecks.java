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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What an opened model owes; each check throws an {@link AssertionError}. */
final class FieldChecks {
    private static final int POINTS = 33;
    private static final long MEMORY = 1_000_000_000;

    /** Largest of the coordinates asked for. */
    private static final double REACH = 8;

    private static final double DRAWING = 1e-4;

    /** Of single-precision answers, of the largest one: that of a channel of a composite. */
    private static final double SINGLE = 1e-5;

    /** Of answers in double precision; rounding is 1e-14, what is solved for makes more of it. */
    private static final double DOUBLE = 1e-9;

    /** One of so many pixels may lie on a threshold, and differ by so much. */
    private static final int ON_A_THRESHOLD = 1000;

    private static final double THRESHOLD = 2 / 255.0;

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
        Map<String, Array> expected = answers(reference);
        answers(backend).forEach((what, given) -> alike(what, given, expected.get(what)));
    }

    private Map<String, Array> answers(Backend backend) {
        var budget = new Budget(MEMORY);
        try (var compute = new BackendCompute(backend, Workers.SERIAL, budget)) {
            answers(compute);
            // a session may keep what it has compiled
            long kept = budget.used();
            Map<String, Array> answers = answers(compute);
            require(
                    budget.used() <= kept,
                    "its answers keep %d bytes of memory".formatted(budget.used() - kept));
            return answers;
        }
    }

    private Map<String, Array> answers(Compute compute) {
        Field field = representation.open(model);
        var answers = new LinkedHashMap<String, Array>();
        Array points = points(ElementType.F32, field.inputs());
        answers.put("value", field.values(points, compute));
        field.as(Differentiable.class)
                .ifPresent(able -> answers.put("derivative", able.jacobian(points, compute)));
        field.as(Rendering.class)
                .map(able -> able.render(able.naturalWidth(), able.naturalHeight(), compute))
                .ifPresent(picture -> answers.put("pixel", pixels(picture)));
        field.as(Viewing.class)
                .filter(able -> !able.views().isEmpty())
                .map(able -> able.view(able.views().getFirst(), compute))
                .ifPresent(picture -> answers.put("pixel of a view", pixels(picture)));
        field.as(Predictive.class).ifPresent(able -> predict(able, compute, answers));
        return answers;
    }

    private static Array pixels(Image picture) {
        return Array.of(picture.channels(), picture.values());
    }

    private static void predict(Predictive field, Compute compute, Map<String, Array> answers) {
        Array points = points(ElementType.F64, field.inputNames().size());
        Prediction joint = field.predict(points, Predictive.Wanted.COVARIANCE, true, compute);
        answers.put("mean", joint.mean());
        answers.put("variance", joint.variance());
        answers.put("covariance", joint.covariance());
        Prediction noisy = field.predict(points, Predictive.Wanted.VARIANCE, false, compute);
        answers.put("variance of an observation", noisy.variance());
    }

    private static void alike(String what, Array given, Array expected) {
        double tolerance = given.type() == ElementType.F64 ? DOUBLE : SINGLE;
        double largest = 1;
        for (long k = 0; k < expected.elements(); k++) {
            largest = Math.max(largest, Math.abs(expected.get(k)));
        }
        long onAThreshold = expected.elements() / ON_A_THRESHOLD;
        for (long k = 0; k < expected.elements(); k++) {
            double apart = Math.abs(given.get(k) - expected.get(k));
            // a NaN is apart from everything
            if (apart <= tolerance * largest) {
                continue;
            }
            onAThreshold--;
            require(
                    onAThreshold >= 0 && apart <= THRESHOLD,
                    "%s %d is %s, on the reference %s"
                            .formatted(what, k, given.get(k), expected.get(k)));
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
