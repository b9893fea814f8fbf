package org.kernfield.field;

import org.kernfield.backend.Array;
import org.osgi.annotation.versioning.ConsumerType;

import java.util.Optional;

/** A fitted model that answers values at points. Stateless but for its model. */
@ConsumerType
public interface Field {
    /** Coordinates of a point. */
    int inputs();

    /** Values at a point. */
    int outputs();

    /** Parameters that evaluation reads, in float32 equivalents: bytes of the arrays / 4. */
    long parameters();

    /**
     * Values at points.
     *
     * @param points n × inputs
     * @return n × outputs, float32
     */
    Array values(Array points, Compute compute);

    /**
     * A further ability, for example {@link Rendering} or {@link Differentiable}; empty where the
     * field has not got it.
     */
    default <T> Optional<T> as(Class<T> ability) {
        return ability.isInstance(this) ? Optional.of(ability.cast(this)) : Optional.empty();
    }
}
