package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Representation;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;

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
    static Plugins none() {
        return new Plugins(
                new Roster<>(Backend::name, Backend::ranking),
                new Roster<>(Representation::name, r -> 0),
                new Roster<>(Codec::name, c -> 0),
                new Roster<>(TaskReader::name, r -> 0),
                new Roster<>(LinearAlgebra::name, LinearAlgebra::ranking));
    }

    /** The best backend in service, leased; null if there is none. */
    Lease<Backend> backend() {
        return backends.lease(e -> e.fault.isEmpty());
    }
}
