package org.kernfield.io.internal.ply;

/**
 * A property of an element.
 *
 * @param name as the file has it
 * @param type of its value, or of the values of a list
 * @param count type of a list's length; null where it is a single value
 */
public record PlyProperty(String name, PlyType type, PlyType count) {
    public boolean isList() {
        return count != null;
    }
}
