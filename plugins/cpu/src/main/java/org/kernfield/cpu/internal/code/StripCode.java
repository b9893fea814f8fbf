package org.kernfield.cpu.internal.code;

/** Compiled code of the pairs of a strip of targets with some rows of the other side. */
public interface StripCode {
    /**
     * Adds the terms of all pairs to the strip's sums, or leaves numbers of the pairs in {@code
     * pairs}. All planes are {@link StripLayout#width} elements apart.
     *
     * @param targets a plane for each value of a target
     * @param rows the values of each row side by side
     * @param uniforms all components of all uniforms
     * @param pairs numbers of pairs: for each row a plane
     * @param at where that of row {@code first} begins in {@code pairs}
     * @param sums a plane for each term; added to
     * @param count targets, a multiple of the vector length
     * @param first row
     * @param last row to stop before; as many at a time as the code takes together
     * @param back lanes of the sums of each row, term by term, written, from where a row's place in
     *     {@code pairs} says; null where none are taken
     */
    void run(
            Object targets,
            Object rows,
            Object uniforms,
            Object pairs,
            int at,
            Object sums,
            int count,
            int first,
            int last,
            Object back);
}
