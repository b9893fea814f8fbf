package org.kernfield.field;

import org.kernfield.backend.Array;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A snapshot of a fit: named arrays and named numbers as text.
 *
 * @param arrays in host memory
 * @param values for example the step; numbers written so that they read back exactly
 */
public record State(Map<String, Array> arrays, Map<String, String> values) {
    public State {
        arrays = new LinkedHashMap<>(arrays);
        values = new LinkedHashMap<>(values);
    }

    /**
     * The array called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Array array(String name) {
        Array array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException(
                    "state: no array '" + name + "'; it has " + arrays.keySet());
        }
        return array;
    }

    /** The integer called {@code name}. */
    public long integer(String name) {
        return Long.parseLong(values.get(name));
    }
}
