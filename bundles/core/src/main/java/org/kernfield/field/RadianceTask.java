package org.kernfield.field;

import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;

import java.util.List;

/**
 * Fit what photographs show: light that leaves each point of space in each direction.
 *
 * @param training what is fitted, at least one
 * @param held what is never looked at but for scores; may be empty
 * @param points where surfaces are thought to be; empty where nothing is known
 * @param background red, green and blue of what is seen where there is nothing
 * @param missing names of pictures that the cameras have and nobody found; they are passed over
 * @param remarks for people, on how the pictures were read, a line each
 */
public record RadianceTask(
        List<Photograph> training,
        List<Photograph> held,
        PointCloud points,
        float[] background,
        List<String> missing,
        List<String> remarks)
        implements Task {
    /** The setting that names a directory for the held-out pictures as fitted. */
    public static final String WRITE_TEST_VIEWS = "writeTestViews";

    public RadianceTask {
        training = List.copyOf(training);
        held = List.copyOf(held);
        missing = List.copyOf(missing);
        remarks = List.copyOf(remarks);
        if (training.isEmpty()) {
            throw new IllegalArgumentException(
                    "radiance field: no photograph to fit; give at least one");
        }
        if (background.length != 3) {
            throw new IllegalArgumentException(
                    "radiance field: a background of %d values; give red, green and blue"
                            .formatted(background.length));
        }
        background = background.clone();
    }

    /** With every picture there, and nothing to remark. */
    public RadianceTask(
            List<Photograph> training,
            List<Photograph> held,
            PointCloud points,
            float[] background) {
        this(training, held, points, background, List.of(), List.of());
    }

    @Override
    public String name() {
        return "radiance";
    }

    @Override
    public long size() {
        return training.stream().mapToLong(p -> p.image().values().length).sum();
    }
}
