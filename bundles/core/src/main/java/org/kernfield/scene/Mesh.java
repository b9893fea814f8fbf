package org.kernfield.scene;

/**
 * A surface of triangles; the arrays are owned by the mesh and not modified.
 *
 * @param vertices n × 3, row-major
 * @param triangles m × 3 numbers of vertices, counter-clockwise seen from outside
 * @param colours n × 3, red, green, blue in [0, 1], sRGB-encoded; empty where there are none
 */
public record Mesh(float[] vertices, int[] triangles, float[] colours) {
    public Mesh {
        if (vertices.length % 3 != 0
                || triangles.length % 3 != 0
                || colours.length != 0 && colours.length != vertices.length) {
            throw new IllegalArgumentException(
                    "mesh: %d coordinates, %d corners and %d colour values; give three each"
                            .formatted(vertices.length, triangles.length, colours.length));
        }
        for (int corner : triangles) {
            if (corner < 0 || corner >= vertices.length / 3) {
                throw new IllegalArgumentException(
                        "mesh: a corner at vertex %d; there are %d"
                                .formatted(corner, vertices.length / 3));
            }
        }
    }

    /** Number of vertices. */
    public int vertexCount() {
        return vertices.length / 3;
    }

    /** Number of triangles. */
    public int triangleCount() {
        return triangles.length / 3;
    }

    /** The same surface painted. */
    public Mesh with(float[] painted) {
        return new Mesh(vertices, triangles, painted);
    }
}
