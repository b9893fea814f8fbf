package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.field.Representation;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;

import java.util.function.LongPredicate;

/**
 * Everything that can be swapped, by kind.
 *
 * @param backends the preferred one first
 */
record Plugins(
        Roster<Backend> backends,
        Roster<Representation> representations,
        Roster<Codec<?>> codecs,
        Roster<TaskReader> readers) {
    static Plugins none() {
        return new Plugins(
                new Roster<>(Backend::name, Backend::ranking),
                new Roster<>(Representation::name, r -> 0),
                new Roster<>(Codec::name, c -> 0),
                new Roster<>(TaskReader::name, r -> 0));
    }

    /**
     * A backend, leased.
     *
     * @param preferred taken before better ones if it is there; null for none
     * @param shunned serial numbers that are not taken
     * @return null if there is none
     */
    Lease<Backend> backend(String preferred, LongPredicate shunned) {
        Lease<Backend> lease =
                preferred == null
                        ? null
                        : backends.lease(e -> e.name.equals(preferred) && !shunned.test(e.serial));
        return lease != null ? lease : backends.lease(e -> !shunned.test(e.serial));
    }
}
