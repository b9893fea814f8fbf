package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Representation;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;

import java.time.Duration;

/**
 * Everything that can be swapped, by kind.
 *
 * @param backends the preferred one first
 * @param algebras the preferred one first
 */
record Plugins(
        Roster<Backend> backends,
        Roster<Representation> representations,
        Roster<Codec<?>> codecs,
        Roster<TaskReader> readers,
        Roster<LinearAlgebra> algebras) {
    /** For how long a service that has left is taken for one that is being updated. */
    private static final Duration UPDATE = Duration.ofSeconds(5);

    static Plugins none() {
        return new Plugins(
                new Roster<>(Backend::name, Backend::ranking),
                new Roster<>(Representation::name, r -> 0),
                new Roster<>(Codec::name, c -> 0),
                new Roster<>(TaskReader::name, r -> 0),
                new Roster<>(LinearAlgebra::name, LinearAlgebra::ranking));
    }

    /**
     * Waits for what has just left: it is probably being updated. Null waits for nothing.
     *
     * @return whether they are here
     */
    boolean awaitUpdate(String representation, String backend) {
        boolean isThere =
                representation == null || representations.awaitReturn(representation, UPDATE);
        return isThere && (backend == null || backends.awaitReturn(backend, UPDATE));
    }

    /**
     * @throws IllegalArgumentException if there is none of that name, not even after an update
     */
    void requireBackend(String name) {
        require(backends, "backend", name);
    }

    /**
     * @throws IllegalArgumentException if there is none of that name, not even after an update
     */
    void requireRepresentation(String name) {
        require(representations, "representation", name);
    }

    /** A representation leased, after its update if it is being updated; null if it stays away. */
    Lease<Representation> representation(String name) {
        try {
            return representations.await(e -> e.name.equals(name), UPDATE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void require(Roster<?> roster, String kind, String name) {
        // an update may take it away twice, so that a look afterwards might miss it
        if (!roster.awaitReturn(name, UPDATE)) {
            throw new IllegalArgumentException(Sentences.unknown(kind, name, roster.names()));
        }
    }
}
