package org.kernfield.io.internal.camera;

import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenSfM's reconstruction.json: focal lengths in parts of the longer side, the principal point
 * from the middle, rotations as vectors along their axes. Of several reconstructions the one of the
 * most shots is read.
 *
 * @see <a href="https://opensfm.org/docs/dataset.html">OpenSfM's description</a>
 */
public class OpenSfmCodec extends SceneCodec {
    protected OpenSfmCodec() {
        super("opensfm", "json");
    }

    @Override
    public boolean accepts(Probe head) {
        return startsWith(head, '[') && mentions(head, "\"projection_type\"");
    }

    @Override
    protected Scene decode(Path file, Limits limits) throws IOException {
        if (!(json(file, limits) instanceof List<?> all) || all.isEmpty()) {
            throw new IllegalArgumentException("it holds no reconstruction");
        }
        Values largest = Values.of(all.getFirst());
        for (Object item : all) {
            Values one = Values.of(item);
            largest =
                    one.object("shots").members().size() > largest.object("shots").members().size()
                            ? one
                            : largest;
        }
        var cameras = new HashMap<String, Camera>();
        for (var entry : largest.object("cameras").members().entrySet()) {
            cameras.put((String) entry.getKey(), camera(Values.of(entry.getValue())));
        }
        var views = new ArrayList<View>();
        for (var entry : largest.object("shots").members().entrySet()) {
            Values shot = Values.of(entry.getValue());
            Camera camera = cameras.get(shot.text("camera"));
            if (camera == null) {
                throw new IllegalArgumentException(
                        "a shot of the unknown camera " + shot.text("camera"));
            }
            double[] turn = Values.numbers(shot.list("rotation"), 3);
            double[] shift = Values.numbers(shot.list("translation"), 3);
            Refusal.unlessFinite("the rotation of " + entry.getKey(), turn);
            Refusal.unlessFinite("the translation of " + entry.getKey(), shift);
            views.add(
                    new View(
                            (String) entry.getKey(),
                            camera,
                            Rotations.ofVector(turn[0], turn[1], turn[2]),
                            shift));
        }
        Map<?, ?> points = largest.has("points") ? largest.object("points").members() : Map.of();
        return new Scene(views, points(points));
    }

    private static Camera camera(Values c) {
        int width = pixels(c, "width");
        int height = pixels(c, "height");
        double unit = Math.max(width, height);
        String projection = c.text("projection_type");
        double focal = unit * c.number("focal_x", c.number("focal", 1));
        double fy = unit * c.number("focal_y", focal / unit);
        double cx = width / 2.0 + unit * c.number("c_x", 0);
        double cy = height / 2.0 + unit * c.number("c_y", 0);
        double k1 = c.number("k1", 0);
        double k2 = c.number("k2", 0);
        return switch (projection) {
            case "perspective", "brown" ->
                    new Camera(
                            width,
                            height,
                            focal,
                            fy,
                            cx,
                            cy,
                            Camera.Lens.PERSPECTIVE,
                            k1,
                            k2,
                            c.number("p1", 0),
                            c.number("p2", 0),
                            c.number("k3", 0));
            case "fisheye", "fisheye_opencv" ->
                    new Camera(
                            width,
                            height,
                            focal,
                            fy,
                            cx,
                            cy,
                            Camera.Lens.FISHEYE,
                            k1,
                            k2,
                            c.number("k3", 0),
                            c.number("k4", 0));
            case "spherical", "equirectangular" ->
                    new Camera(
                            width,
                            height,
                            width / (2 * Math.PI),
                            height / Math.PI,
                            width / 2.0,
                            height / 2.0,
                            Camera.Lens.EQUIRECTANGULAR);
            default -> throw Refusal.ofModel(projection);
        };
    }

    private static int pixels(Values camera, String side) {
        double pixels = camera.number(side);
        Refusal.unlessFinite("the " + side + " of a camera", pixels);
        return (int) pixels;
    }

    private static PointCloud points(Map<?, ?> points) {
        var positions = new float[3 * points.size()];
        var colours = new float[positions.length];
        int at = 0;
        for (Object item : points.values()) {
            Values point = Values.of(item);
            double[] position = Values.numbers(point.list("coordinates"), 3);
            double[] colour = Values.numbers(point.list("color"), 3);
            for (int c = 0; c < 3; c++, at++) {
                positions[at] = (float) position[c];
                colours[at] = (float) (colour[c] / 255);
            }
        }
        return new PointCloud(positions, colours);
    }
}
