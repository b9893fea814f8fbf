package org.kernfield.engine.internal;

import org.kernfield.engine.FieldUnavailable;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;

import java.time.Duration;

/** The model that a job would end with, if the last state it has let go of were its end. */
record Draft(Plugins plugins, Grants grants) {
    Model of(Order order, Snapshot snapshot) {
        String name = order.representation();
        try (var representation = plugins.representations().lease(e -> e.name.equals(name))) {
            if (representation == null) {
                throw new FieldUnavailable(
                        "representation " + name + ": it is away; look again when it is back");
            }
            return new LeasedCall(plugins, grants)
                    .onBest(
                            "kernfield-draft",
                            Duration.ZERO,
                            representation::isBroken,
                            compute ->
                                    finished(representation.service(), order, snapshot, compute));
        }
    }

    private static Model finished(
            Representation representation, Order order, Snapshot snapshot, LeasedCompute compute) {
        Fit fit = representation.begin(order.task(), order.settings(representation));
        fit.restore(snapshot.state(), compute);
        return fit.finish(compute);
    }
}
