package org.kernfield.cpu.internal.plan;

import java.util.List;

/** Sorts lines by the innermost loop that they depend on. */
public final class Levels {
    /** Depends on the source. */
    public static final int SOURCE = 1;

    /** Depends on the row of a raster. */
    public static final int ROW = 2;

    /** Depends on the query. */
    public static final int QUERY = 4;

    /** Depends on sums along a row, so it comes after them. */
    public static final int AFTER_ROW = 8;

    private Levels() {}

    /** The lines whose dependence is exactly {@code bits}, in order. */
    public static List<Integer> exactly(Ssa ssa, List<Integer> lines, int bits) {
        return lines.stream().filter(line -> ssa.dependence(line) == bits).toList();
    }

    /** The lines whose dependence contains one of {@code any} and none of {@code none}. */
    public static List<Integer> with(Ssa ssa, List<Integer> lines, int any, int none) {
        return lines.stream()
                .filter(
                        line ->
                                (ssa.dependence(line) & any) != 0
                                        && (ssa.dependence(line) & none) == 0)
                .toList();
    }
}
