package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FieldUnavailable;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.field.Rendering;
import org.kernfield.field.Representation;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Opens the model anew in each call, so that between calls nothing of a plugin is held. */
final class LeasedField implements FieldHandle {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Model model;
    private final Plugins plugins;
    private final LeasedCall calls;
    private final Duration patience;

    LeasedField(Model model, Plugins plugins, Grants grants) {
        this(model, plugins, new LeasedCall(plugins, grants), PATIENCE);
    }

    /**
     * @param patience how long a call waits for what is away
     */
    LeasedField(Model model, Plugins plugins, LeasedCall calls, Duration patience) {
        this.model = model;
        this.plugins = plugins;
        this.calls = calls;
        this.patience = patience;
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public int inputs() {
        return ask(Field::inputs);
    }

    @Override
    public int outputs() {
        return ask(Field::outputs);
    }

    @Override
    public long parameters() {
        return ask(Field::parameters);
    }

    @Override
    public boolean can(Class<?> ability) {
        return ask(field -> field.as(ability).isPresent());
    }

    @Override
    public Array values(Array points) {
        return compute((field, compute) -> field.values(checked(field, points), compute));
    }

    @Override
    public Array jacobian(Array points) {
        return compute(
                (field, compute) ->
                        able(field, Differentiable.class)
                                .jacobian(checked(field, points), compute));
    }

    @Override
    public Image render() {
        return use(
                Rendering.class,
                (r, compute) -> r.render(r.naturalWidth(), r.naturalHeight(), compute));
    }

    @Override
    public Image render(int width, int height) {
        return use(Rendering.class, (r, compute) -> r.render(width, height, compute));
    }

    @Override
    public <A, R> R use(Class<A> ability, BiFunction<A, Compute, R> call) {
        return compute((field, compute) -> call.apply(able(field, ability), compute));
    }

    private <A> A able(Field field, Class<A> ability) {
        return field.as(ability)
                .orElseThrow(
                        () ->
                                new UnsupportedOperationException(
                                        model.representation()
                                                + ": its fields have no "
                                                + ability.getSimpleName().toLowerCase()
                                                + "; use another representation"));
    }

    private Array checked(Field field, Array points) {
        if (points.width() != field.inputs()) {
            throw new IllegalArgumentException(
                    "points: "
                            + points.width()
                            + " coordinates each; a "
                            + model.representation()
                            + " model of this kind needs "
                            + field.inputs());
        }
        return points;
    }

    private <R> R ask(Function<Field, R> question) {
        try (var lease = representation()) {
            return Sentences.detached(
                    "kernfield-field", () -> question.apply(lease.service().open(model)));
        }
    }

    /** On a backend; once more with the next representation if that leaves in the middle. */
    private <R> R compute(BiFunction<Field, Compute, R> call) {
        while (true) {
            try (var representation = representation()) {
                try {
                    return calls.onBest(
                            "kernfield-field",
                            patience,
                            representation::isBroken,
                            compute -> call.apply(representation.service().open(model), compute));
                } catch (RuntimeException e) {
                    if (!representation.isBroken()) {
                        throw e;
                    }
                }
            }
        }
    }

    private Lease<Representation> representation() {
        try {
            var lease =
                    plugins.representations()
                            .await(e -> e.name.equals(model.representation()), patience);
            if (lease != null) {
                return lease;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FieldUnavailable(
                "model: no representation "
                        + model.representation()
                        + " is here; install or start its plugin, see `kernfield plugins`");
    }
}
