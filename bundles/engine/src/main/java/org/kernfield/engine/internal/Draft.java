package org.kernfield.engine.internal;

import org.kernfield.engine.FieldUnavailable;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;

/** The model that a job would end with, if the last state it has let go of were its end. */
record Draft(Plugins plugins, Grants grants) {
    Model of(Order order, Snapshot snapshot) {
        String name = order.representation();
        try (var representation = plugins.representations().lease(e -> e.name.equals(name));
                var backend = plugins.backend()) {
            if (representation == null || backend == null) {
                throw new FieldUnavailable(
                        (representation == null ? "representation " + name : "backend")
                                + ": it is away; look again when it is back");
            }
            return new LeasedCall(plugins, grants)
                    .on(
                            backend,
                            "kernfield-draft",
                            () -> representation.isBroken() || backend.isBroken(),
                            compute -> {
                                Fit fit =
                                        representation
                                                .service()
                                                .begin(
                                                        order.task(),
                                                        order.settings(representation.service()));
                                fit.restore(snapshot.state(), compute);
                                return fit.finish(compute);
                            });
        }
    }
}
