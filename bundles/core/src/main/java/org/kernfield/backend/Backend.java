package org.kernfield.backend;

import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Op;
import org.osgi.annotation.versioning.ConsumerType;

import java.util.Set;

/**
 * A way of computing reductions, registered as a service. Its ranking decides which one a job takes
 * when it names none.
 */
@ConsumerType
public interface Backend {
    /** Service property with the ranking, an int; higher is preferred. */
    String RANKING = "service.ranking";

    /** Short lower-case name, unique among backends, for example {@code cpu}. */
    String name();

    /** One line for people: device, vector width, what limits it. */
    String description();

    /** Preference among backends; higher is taken first, the float64 reference has −100. */
    int ranking();

    /**
     * The operations it can evaluate. Kernels may use others; a backend takes what {@link
     * org.kernfield.kernel.Kernel#lowered} makes of them.
     */
    Set<Op> operations();

    /** The contractions it has code for; others are written with plain operations. */
    default Set<Contraction> contractions() {
        return Set.of();
    }

    /**
     * Opens a place to compute in.
     *
     * @param resources threads, memory and cancellation granted by the caller; used until closed
     */
    Session open(Resources resources);
}
