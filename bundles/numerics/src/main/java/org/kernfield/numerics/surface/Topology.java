package org.kernfield.numerics.surface;

import org.kernfield.scene.Mesh;

import java.util.Arrays;

/**
 * How the triangles of a mesh hang together.
 *
 * @param isClosed whether each edge has a triangle on either side
 * @param isManifold whether no edge has more than one triangle on a side, so that all triangles
 *     about an edge agree on what is outside
 */
public record Topology(boolean isClosed, boolean isManifold) {
    /** By the directed edges of all triangles: each once, and its opposite once if it is closed. */
    public static Topology of(Mesh mesh) {
        int[] t = mesh.triangles();
        var edges = new long[t.length];
        for (int c = 0; c < t.length; c++) {
            int next = c % 3 == 2 ? c - 2 : c + 1;
            edges[c] = (long) t[c] << 32 | t[next];
        }
        Arrays.sort(edges);
        boolean isManifold = true;
        boolean isClosed = true;
        for (int e = 0; e < edges.length; e++) {
            isManifold &= e == 0 || edges[e] != edges[e - 1];
            isClosed &= Arrays.binarySearch(edges, Long.rotateLeft(edges[e], 32)) >= 0;
        }
        return new Topology(isClosed, isManifold);
    }
}
