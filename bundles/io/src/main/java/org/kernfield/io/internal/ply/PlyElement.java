package org.kernfield.io.internal.ply;

import java.util.List;

/**
 * Rows of a PLY file.
 *
 * @param name as the file has it
 * @param count number of rows
 * @param properties of every row
 */
public record PlyElement(String name, long count, List<PlyProperty> properties) {
    public PlyElement {
        properties = List.copyOf(properties);
    }

    /** Place of a property; −1 if there is none of that name. */
    public int indexOf(String property) {
        for (int k = 0; k < properties.size(); k++) {
            if (properties.get(k).name().equals(property)) {
                return k;
            }
        }
        return -1;
    }

    public boolean has(String property) {
        return indexOf(property) >= 0;
    }

    boolean hasLists() {
        return properties.stream().anyMatch(PlyProperty::isList);
    }

    /** Bytes of a row in a binary file; a list counts as its length only. */
    int rowBytes() {
        return properties.stream()
                .mapToInt(p -> p.isList() ? p.count().bytes() : p.type().bytes())
                .sum();
    }

    /** Bytes that the rows take at least. */
    long leastBytes(PlyHeader.Encoding encoding) {
        return Math.multiplyExact(
                count, encoding == PlyHeader.Encoding.ASCII ? 2L * properties.size() : rowBytes());
    }
}
