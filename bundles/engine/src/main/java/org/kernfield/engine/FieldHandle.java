package org.kernfield.engine;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.osgi.annotation.versioning.ProviderType;

import java.util.function.BiFunction;

/**
 * A fitted field that outlives swaps: each call leases the representation and a backend anew, and
 * waits a while for them if they are away. Thread-safe.
 *
 * <p>Every method but {@link #model} throws {@link FieldUnavailable} when nothing came in time, and
 * {@link org.kernfield.field.ModelException} for a model the representation cannot open.
 */
@ProviderType
public interface FieldHandle {
    Model model();

    /** Coordinates of a point. */
    int inputs();

    /** Values at a point. */
    int outputs();

    /** Parameters that evaluation reads, in float32 equivalents. */
    long parameters();

    /** Whether the field has an ability, for example {@link org.kernfield.field.Rendering}. */
    boolean can(Class<?> ability);

    /**
     * Values at points.
     *
     * @param points n × inputs
     * @return n × outputs, float32
     */
    Array values(Array points);

    /**
     * Derivatives of every output by every coordinate.
     *
     * @param points n × inputs
     * @return n × (outputs · inputs), output-major, float32
     * @throws UnsupportedOperationException if the field has none
     */
    Array jacobian(Array points);

    /**
     * The field as a picture of its natural size.
     *
     * @throws UnsupportedOperationException if it does not draw itself
     */
    Image render();

    /**
     * The field as a picture.
     *
     * @param width pixels
     * @param height pixels
     * @throws UnsupportedOperationException if it does not draw itself
     */
    Image render(int width, int height);

    /**
     * Uses a further ability inside one lease. Neither the ability nor the compute may be kept, and
     * the result must be made of core and JDK classes.
     *
     * @throws UnsupportedOperationException if the field has not got it
     */
    <A, R> R use(Class<A> ability, BiFunction<A, Compute, R> call);
}
