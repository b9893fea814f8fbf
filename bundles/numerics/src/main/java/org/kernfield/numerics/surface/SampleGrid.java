package org.kernfield.numerics.surface;

/**
 * Points of a regular grid, x changing fastest: point (i, j, k) is at origin + spacing · (i, j, k).
 *
 * @param origin x, y, z
 * @param spacing along each axis alike, above 0
 * @param nx points along x, at least 2
 * @param ny points along y, at least 2
 * @param nz points along z, at least 2
 */
public record SampleGrid(double[] origin, double spacing, int nx, int ny, int nz) {
    public SampleGrid {
        if (origin.length != 3 || !(spacing > 0) || nx < 2 || ny < 2 || nz < 2) {
            throw new IllegalArgumentException(
                    "grid of %d × %d × %d points %s apart; use at least 2 and a spacing above 0"
                            .formatted(nx, ny, nz, spacing));
        }
        origin = origin.clone();
    }

    /**
     * Over a box, with a point more on each side.
     *
     * @param bounds least x, y, z, then largest x, y, z
     * @param resolution cells along the longest side, at least 1
     */
    public static SampleGrid over(double[] bounds, int resolution) {
        double longest = 0;
        for (int c = 0; c < 3; c++) {
            longest = Math.max(longest, bounds[3 + c] - bounds[c]);
        }
        double spacing = longest > 0 ? longest / resolution : 1.0 / resolution;
        var origin = new double[3];
        var points = new int[3];
        for (int c = 0; c < 3; c++) {
            int cells = (int) Math.ceil((bounds[3 + c] - bounds[c]) / spacing - 1e-9);
            points[c] = cells + 3;
            double middle = (bounds[c] + bounds[3 + c]) / 2;
            origin[c] = middle - spacing * (points[c] - 1) / 2;
        }
        return new SampleGrid(origin, spacing, points[0], points[1], points[2]);
    }

    /** Points of one layer of equal z. */
    public int layer() {
        return Math.multiplyExact(nx, ny);
    }
}
