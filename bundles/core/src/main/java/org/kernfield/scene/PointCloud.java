package org.kernfield.scene;

/**
 * Points in space; the arrays are owned by the cloud and not modified.
 *
 * @param positions n × 3, row-major, in the file's units and axes
 * @param colours n × 3, red, green, blue in [0, 1], sRGB-encoded; empty where there are none
 */
public record PointCloud(float[] positions, float[] colours) {
    public PointCloud {
        if (positions.length % 3 != 0
                || colours.length != 0 && colours.length != positions.length) {
            throw new IllegalArgumentException(
                    "point cloud: "
                            + positions.length
                            + " coordinates and "
                            + colours.length
                            + " colour values; give three each for every point, or no colours");
        }
    }

    /** No points. */
    public static PointCloud empty() {
        return new PointCloud(new float[0], new float[0]);
    }

    /** Number of points. */
    public int count() {
        return positions.length / 3;
    }

    public boolean hasColours() {
        return colours.length > 0;
    }
}
