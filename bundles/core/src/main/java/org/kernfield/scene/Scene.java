package org.kernfield.scene;

import java.util.List;

/**
 * Pictures with their cameras, and points that were found in them.
 *
 * @param views in the order of the file
 * @param points none where the file has none
 */
public record Scene(List<View> views, PointCloud points) {
    public Scene {
        views = List.copyOf(views);
    }
}
