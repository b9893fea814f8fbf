package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.State;

import java.lang.foreign.Arena;
import java.util.LinkedHashMap;

/**
 * A fit's state in the engine's own memory: a fit may overwrite what it gave out at its next step,
 * and its plugin may leave.
 *
 * @param state copied
 * @param step iterations done
 */
record Snapshot(State state, long step) {
    /** Whether a number of an array is none. */
    boolean hasNaN() {
        return state.arrays().values().stream().anyMatch(Snapshot::hasNaN);
    }

    private static boolean hasNaN(Array array) {
        if (array.type() != ElementType.F32 && array.type() != ElementType.F64) {
            return false;
        }
        for (long k = 0; k < array.elements(); k++) {
            if (Double.isNaN(array.get(k))) {
                return true;
            }
        }
        return false;
    }

    static Snapshot copy(State state, long step) {
        var arrays = new LinkedHashMap<String, Array>();
        state.arrays().forEach((name, array) -> arrays.put(name, copy(array)));
        return new Snapshot(new State(arrays, state.values()), step);
    }

    private static Array copy(Array array) {
        boolean fits = array.elements() <= Integer.MAX_VALUE - 8;
        Array copy =
                fits
                        ? Array.zeros(array.type(), array.rows(), array.width())
                        : new Array(
                                array.type(),
                                array.rows(),
                                array.width(),
                                Arena.ofAuto().allocate(array.data().byteSize(), 64));
        copy.data().copyFrom(array.data());
        return copy;
    }
}
