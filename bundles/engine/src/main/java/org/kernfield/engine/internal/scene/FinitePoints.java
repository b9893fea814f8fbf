package org.kernfield.engine.internal.scene;

import org.kernfield.format.FormatException;
import org.kernfield.scene.PointCloud;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Arrays;

/** Leaves out points that are nowhere. */
final class FinitePoints {
    private static final Logger LOG = LoggerFactory.getLogger(FinitePoints.class);

    private FinitePoints() {}

    /**
     * @param from named in messages
     * @throws FormatException if there are points, but none with finite coordinates
     */
    static PointCloud of(PointCloud points, Path from) throws FormatException {
        var positions = new float[points.positions().length];
        var colours = new float[points.colours().length];
        int kept = 0;
        for (int k = 0; k < points.count(); k++) {
            if (isFinite(points.positions(), k)) {
                System.arraycopy(points.positions(), 3 * k, positions, 3 * kept, 3);
                if (points.hasColours()) {
                    System.arraycopy(points.colours(), 3 * k, colours, 3 * kept, 3);
                }
                kept++;
            }
        }
        if (kept == points.count()) {
            return points;
        }
        if (kept == 0) {
            throw new FormatException(
                    "%s: none of its %d points has finite coordinates; give other points with --set points=FILE"
                            .formatted(from, points.count()));
        }
        LOG.warn(
                "{}: {} of {} points are left out: their coordinates are not finite",
                from,
                points.count() - kept,
                points.count());
        return new PointCloud(
                Arrays.copyOf(positions, 3 * kept),
                Arrays.copyOf(colours, points.hasColours() ? 3 * kept : 0));
    }

    private static boolean isFinite(float[] positions, int point) {
        return Float.isFinite(positions[3 * point])
                && Float.isFinite(positions[3 * point + 1])
                && Float.isFinite(positions[3 * point + 2]);
    }
}
