package org.kernfield.scene;

import java.util.List;
import java.util.Map;

/**
 * Pictures with their cameras, and points that were found in them.
 *
 * @param views in the order of the file
 * @param points none where the file has none
 * @param masks paths of pictures that are white where others count, by the {@link View#picture} of
 *     those; named as they are
 */
public record Scene(List<View> views, PointCloud points, Map<String, String> masks) {
    public Scene {
        views = List.copyOf(views);
        masks = Map.copyOf(masks);
    }

    /** The file names no masks. */
    public Scene(List<View> views, PointCloud points) {
        this(views, points, Map.of());
    }
}
