package org.kernfield.field;

import org.kernfield.backend.Array;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fitted model: neutral named arrays and metadata, readable by anyone.
 *
 * @param representation name of the representation that wrote it
 * @param version the representation's {@link Representation#version} at that time
 * @param task name of the task it was fitted to
 * @param arrays parameters, in host memory
 * @param metadata further texts: settings, seed, steps, metrics, sizes
 */
public record Model(
        String representation,
        int version,
        String task,
        Map<String, Array> arrays,
        Map<String, String> metadata) {
    public Model {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * The array called {@code name}.
     *
     * @throws ModelException if there is none or it is not {@code width} wide
     */
    public Array array(String name, int width) {
        Array array = arrays.get(name);
        if (array == null || array.width() != width) {
            throw new ModelException(
                    "model: needs an array '"
                            + name
                            + "' of width "
                            + width
                            + ", has "
                            + (array == null ? arrays.keySet() : "width " + array.width())
                            + "; write it anew");
        }
        return array;
    }

    /**
     * The integer in the metadata called {@code key}.
     *
     * @throws ModelException if it is missing or not a number
     */
    public int integer(String key) {
        try {
            return Integer.parseInt(metadata.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    "model: metadata "
                            + key
                            + " = "
                            + metadata.get(key)
                            + " is not a whole number; write it anew");
        }
    }

    /** This model with further metadata. */
    public Model with(Map<String, String> more) {
        var all = new LinkedHashMap<>(metadata);
        all.putAll(more);
        return new Model(representation, version, task, arrays, all);
    }
}
