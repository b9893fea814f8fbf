package org.kernfield.numerics.surface;

import org.kernfield.scene.Mesh;

import java.util.Arrays;

/**
 * The surface on which a function has a value, from samples on a grid. Each cell is cut into six
 * tetrahedra about its diagonal, the same way in every cell, so that neighbours meet in whole
 * triangles: where all samples on the grid's border are outside, the surface is closed, and every
 * edge has exactly two triangles. Memory grows with a layer of the grid and the surface.
 *
 * <p>Source: A. Doi and A. Koide, An efficient method of triangulating equi-valued surfaces by
 * using tetrahedral cells (1991); H. Freudenthal's subdivision of the cube (1942).
 */
public final class MarchingTetrahedra {
    /** Layers of samples, from the least z upward. */
    @FunctionalInterface
    public interface Layers {
        /** The samples of layer {@code k}, nx · ny; valid until the next call. */
        float[] layer(int k);
    }

    /**
     * Corners of the tetrahedra as bits x, y, z, right-handed; of two, one has all axes of the
     * other.
     */
    private static final int[][] TETRAHEDRA = {
        {0, 1, 3, 7}, {0, 3, 2, 7}, {0, 2, 6, 7}, {0, 6, 4, 7}, {0, 4, 5, 7}, {0, 5, 1, 7}
    };

    /** Edges of a cell that begin at its first corner, by the axes they go along. */
    private static final int EDGES = 8;

    private final SampleGrid grid;
    private final float level;
    private final Growing vertices = new Growing();
    private int[] triangles = new int[1024];
    private int corners;

    /** Numbers of the vertices on edges, less one, by the edge's lower corner; 0 for none. */
    private int[] lowerEdges;

    private int[] upperEdges;
    private float[] lower;
    private float[] upper;

    private MarchingTetrahedra(SampleGrid grid, double level) {
        this.grid = grid;
        this.level = (float) level;
    }

    /**
     * The surface between samples of at least {@code level}, which are inside, and the others; NaN
     * is outside.
     */
    public static Mesh of(SampleGrid grid, double level, Layers layers) {
        var marching = new MarchingTetrahedra(grid, level);
        marching.march(layers);
        return new Mesh(
                marching.vertices.toArray(),
                Arrays.copyOf(marching.triangles, marching.corners),
                new float[0]);
    }

    private void march(Layers layers) {
        lowerEdges = new int[EDGES * grid.layer()];
        upperEdges = new int[EDGES * grid.layer()];
        upper = layers.layer(0).clone();
        for (int k = 0; k + 1 < grid.nz(); k++) {
            lower = upper;
            upper = layers.layer(k + 1).clone();
            int[] passed = lowerEdges;
            lowerEdges = k == 0 ? lowerEdges : upperEdges;
            upperEdges = k == 0 ? upperEdges : passed;
            Arrays.fill(upperEdges, 0);
            for (int j = 0; j + 1 < grid.ny(); j++) {
                for (int i = 0; i + 1 < grid.nx(); i++) {
                    cell(i, j, k);
                }
            }
        }
    }

    private void cell(int i, int j, int k) {
        int inside = 0;
        for (int corner = 0; corner < 8; corner++) {
            inside |= value(i, j, corner) >= level ? 1 << corner : 0;
        }
        if (inside == 0 || inside == 255) {
            return;
        }
        for (int[] tetrahedron : TETRAHEDRA) {
            cut(i, j, k, tetrahedron, inside);
        }
    }

    private float value(int i, int j, int corner) {
        int at = (j + (corner >> 1 & 1)) * grid.nx() + i + (corner & 1);
        return (corner & 4) == 0 ? lower[at] : upper[at];
    }

    /** The triangles of a tetrahedron whose corners are in right-handed order. */
    private void cut(int i, int j, int k, int[] t, int inside) {
        int[] in = new int[4];
        int[] out = new int[4];
        int n = 0;
        int m = 0;
        for (int c = 0; c < 4; c++) {
            if ((inside >> t[c] & 1) == 1) {
                in[n++] = c;
            } else {
                out[m++] = c;
            }
        }
        if (n == 0 || n == 4) {
            return;
        }
        // inside corners first; an odd exchange turns the order round
        boolean isEven = isEven(in, n, out, m);
        if (n == 1) {
            triangle(
                    edge(i, j, k, t, in[0], out[0]),
                    edge(i, j, k, t, in[0], out[1]),
                    edge(i, j, k, t, in[0], out[2]),
                    isEven);
        } else if (n == 3) {
            triangle(
                    edge(i, j, k, t, in[0], out[0]),
                    edge(i, j, k, t, in[1], out[0]),
                    edge(i, j, k, t, in[2], out[0]),
                    isEven);
        } else {
            int a = edge(i, j, k, t, in[0], out[0]);
            int b = edge(i, j, k, t, in[0], out[1]);
            int c = edge(i, j, k, t, in[1], out[1]);
            int d = edge(i, j, k, t, in[1], out[0]);
            triangle(a, b, c, isEven);
            triangle(a, c, d, isEven);
        }
    }

    private static boolean isEven(int[] in, int n, int[] out, int m) {
        var order = new int[4];
        System.arraycopy(in, 0, order, 0, n);
        System.arraycopy(out, 0, order, n, m);
        int inversions = 0;
        for (int a = 0; a < 4; a++) {
            for (int b = a + 1; b < 4; b++) {
                inversions += order[a] > order[b] ? 1 : 0;
            }
        }
        return inversions % 2 == 0;
    }

    private void triangle(int a, int b, int c, boolean isOutward) {
        if (corners + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, Math.multiplyExact(triangles.length, 2));
        }
        triangles[corners++] = a;
        triangles[corners++] = isOutward ? b : c;
        triangles[corners++] = isOutward ? c : b;
    }

    /** The vertex where the surface crosses the edge between two corners of a tetrahedron. */
    private int edge(int i, int j, int k, int[] t, int p, int q) {
        int from = Math.min(t[p], t[q]);
        int to = Math.max(t[p], t[q]);
        int axes = to & ~from;
        int x = i + (from & 1);
        int y = j + (from >> 1 & 1);
        int[] edges = (from & 4) == 0 ? lowerEdges : upperEdges;
        int at = EDGES * (y * grid.nx() + x) + axes;
        if (edges[at] == 0) {
            edges[at] = 1 + vertex(i, j, k, from, to);
        }
        return edges[at] - 1;
    }

    private int vertex(int i, int j, int k, int from, int to) {
        double a = value(i, j, from);
        double b = value(i, j, to);
        double share = (level - a) / (b - a);
        // where a sample is not a number the surface lies in the middle
        share = share >= 0 && share <= 1 ? share : 0.5;
        double[] o = grid.origin();
        double h = grid.spacing();
        int axes = to & ~from;
        vertices.add((float) (o[0] + h * (i + (from & 1) + ((axes & 1) == 0 ? 0 : share))));
        vertices.add((float) (o[1] + h * (j + (from >> 1 & 1) + ((axes & 2) == 0 ? 0 : share))));
        vertices.add((float) (o[2] + h * (k + (from >> 2 & 1) + ((axes & 4) == 0 ? 0 : share))));
        return vertices.size() / 3 - 1;
    }

    /** Numbers of which there may come more. */
    private static final class Growing {
        private float[] values = new float[1024];
        private int size;

        void add(float value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        float[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
