package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.CancelToken;
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

    /** On a backend; on the next one if that leaves in the middle. */
    private <R> R compute(BiFunction<Field, Compute, R> call) {
        while (true) {
            try {
                return computeOnce(call);
            } catch (Broken e) {
                // its service is off the roster, so the next turn leases another or gives up
            }
        }
    }

    /** The call was broken off because its service could not wait any longer. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private <R> R computeOnce(BiFunction<Field, Compute, R> call) throws Broken {
        try (var representation = representation();
                var backend = backend()) {
            try {
                return onLease(representation, backend, call);
            } catch (RuntimeException e) {
                if (representation.isBroken() || backend.isBroken()) {
                    throw new Broken();
                }
                throw e;
            }
        }
    }

    private <R> R onLease(
            Lease<Representation> representation,
            Lease<Backend> backend,
            BiFunction<Field, Compute, R> call) {
        CancelToken broken = () -> representation.isBroken() || backend.isBroken();
        return calls.on(
                backend,
                "kernfield-field",
                broken,
                compute -> call.apply(representation.service().open(model), compute));
    }

    private Lease<Representation> representation() {
        return awaited(
                plugins.representations(),
                model.representation(),
                "representation " + model.representation());
    }

    private Lease<Backend> backend() {
        return awaited(plugins.backends(), null, "backend");
    }

    private <S> Lease<S> awaited(Roster<S> roster, String name, String what) {
        try {
            Lease<S> lease =
                    roster.await(
                            e -> name == null ? e.fault.isEmpty() : e.name.equals(name), patience);
            if (lease != null) {
                return lease;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FieldUnavailable(
                "model: no "
                        + what
                        + " is here; install or start its plugin, see `kernfield plugins`");
    }
}
