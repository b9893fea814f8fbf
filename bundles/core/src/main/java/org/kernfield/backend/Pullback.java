package org.kernfield.backend;

import java.util.Collections;
import java.util.Map;

/**
 * What a walk back over a {@link Tape} has found.
 *
 * @param gradients ∂L by nodes
 * @param magnitudes by nodes the sum of the absolute values of all that is added up to their
 *     gradient: of each pair where the node is read by a reduction over pairs, component by
 *     component
 */
public record Pullback(Map<Tape.Node, Buffer> gradients, Map<Tape.Node, Buffer> magnitudes) {
    public Pullback {
        // nodes have no equality but identity
        gradients = Collections.unmodifiableMap(gradients);
        magnitudes = Collections.unmodifiableMap(magnitudes);
    }
}
