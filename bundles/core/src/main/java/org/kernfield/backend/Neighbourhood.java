package org.kernfield.backend;

import java.util.List;
import java.util.Set;

/** Which pairs of a query and a source a reduction visits. */
public sealed interface Neighbourhood {
    /** Every source for every query. */
    record All() implements Neighbourhood {}

    /**
     * The sources whose support box meets the query; needs {@link
     * org.kernfield.kernel.Kernel#support}. A backend may visit more pairs, never fewer, so outside
     * the box the formula must have no part in the result: be 0 in a sum, −∞ in a {@link
     * Reduction.Kind#LOG_SUM_EXP} or a {@link Reduction.Kind#MAX}, give an α below {@link
     * Compositing#alphaMin} in a composite.
     */
    record Tiles() implements Neighbourhood {}

    /**
     * The sources that {@link Args#lists()} names for each query, in that order; one named twice
     * counts twice.
     */
    record Lists() implements Neighbourhood {}

    /**
     * The corners of the cell of a regular grid over [0, 1]^d that a query lies in, for tables of
     * features. With R = ⌈resolution⌉ the cell of coordinate x is min(max(⌊x · resolution⌋, 0), R −
     * 1), computed in float64 (NaN lies in cell 0); its corners are cell and cell + 1 in each
     * coordinate, the first coordinate changing fastest. A corner k owns the source Σ_c k_c · (R +
     * 1)^c if the sources are at least (R + 1)^d, else ((k_1 · 1) xor (k_2 · 2654435761) xor (k_3 ·
     * 805459861) xor (k_4 · 3674653429)) mod sources in unsigned 32-bit arithmetic.
     *
     * <p>Source: T. Müller and others, Instant neural graphics primitives (2022), section 3.
     *
     * @param slot the input of width d, 1 to 4, that holds the coordinates
     * @param corner the pair slot of width d that receives the corner's integer coordinates, from
     *     which the formula makes its weight
     * @param resolution cells along a side, at least 1
     */
    record Grid(String slot, String corner, double resolution) implements Neighbourhood {
        public Grid {
            if (!(resolution >= 1 && resolution <= 1 << 20)) {
                throw new IllegalArgumentException(
                        "grid of resolution " + resolution + ": use 1 to 1048576 cells a side");
            }
        }

        @Override
        public Set<String> filled() {
            return Set.of(corner);
        }
    }

    /**
     * Neighbours on a raster: the sources are the pixels of the raster of the queries, row by row,
     * and pixel (u, v) visits (u + dx, v + dy) for each offset, in the order given, if that lies on
     * the raster.
     *
     * @param offset the pair slot of width 2 that receives (dx, dy); null if the formula does not
     *     read it
     * @param offsets no two equal
     */
    record Stencil(String offset, List<Offset> offsets) implements Neighbourhood {
        public Stencil {
            offsets = List.copyOf(offsets);
            if (offsets.isEmpty() || Set.copyOf(offsets).size() != offsets.size()) {
                throw new IllegalArgumentException(
                        "stencil " + offsets + ": give at least one offset and none twice");
            }
        }

        @Override
        public Set<String> filled() {
            return offset == null ? Set.of() : Set.of(offset);
        }
    }

    /** Pixels to the right and down. */
    record Offset(int dx, int dy) {}

    /** Pair slots that the neighbourhood fills by itself. */
    default Set<String> filled() {
        return Set.of();
    }

    /** Every source for every query. */
    Neighbourhood ALL = new All();

    /** The sources whose support box meets the query. */
    Neighbourhood TILES = new Tiles();

    /** The sources listed in the arguments. */
    Neighbourhood LISTS = new Lists();
}
