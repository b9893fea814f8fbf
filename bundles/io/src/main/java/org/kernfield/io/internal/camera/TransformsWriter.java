package org.kernfield.io.internal.camera;

import org.kernfield.io.internal.Json;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes transforms.json with what nerfstudio and instant-ngp read: a frame has its own camera, so
 * that nothing is lost where they differ. Points are not written.
 */
final class TransformsWriter {
    static final String EQUIRECTANGULAR = "EQUIRECTANGULAR";

    private TransformsWriter() {}

    /**
     * @throws IllegalArgumentException for a camera that the format has no model for
     */
    static String text(Scene scene) {
        return scene.views().stream()
                .map(view -> frame(view, scene.masks().get(view.picture())))
                .collect(Collectors.joining(",\n", "{\"frames\": [\n", "\n]}\n"));
    }

    private static String frame(View view, String mask) {
        String members =
                camera(view.camera()).entrySet().stream()
                        .map(m -> Json.quote(m.getKey()) + ": " + m.getValue())
                        .collect(Collectors.joining(", "));
        String masked = mask == null ? "" : "\"mask_path\": " + Json.quote(mask) + ", ";
        return "{\"file_path\": %s, %s%s,\n \"transform_matrix\": %s}"
                .formatted(Json.quote(view.picture()), masked, members, matrix(view));
    }

    private static Map<String, String> camera(Camera camera) {
        boolean isFisheye = camera.lens() == Camera.Lens.FISHEYE;
        boolean isPanorama = camera.lens() == Camera.Lens.EQUIRECTANGULAR;
        var members = new LinkedHashMap<String, String>();
        members.put("camera_model", Json.quote(model(camera.lens())));
        // nerfstudio counts pixels to half a turn, not to a radian
        double unit = isPanorama ? Math.PI : 1;
        if (camera.width() > 0) {
            members.put("w", "" + camera.width());
            members.put("h", "" + camera.height());
            members.put("fl_x", "" + unit * camera.fx());
            members.put("fl_y", "" + unit * camera.fy());
            members.put("cx", "" + camera.cx());
            members.put("cy", "" + camera.cy());
        } else if (!isPanorama) {
            // without a size the focal length is one for a width of 1
            members.put("camera_angle_x", "" + 2 * Math.atan(0.5 / camera.fx()));
        }
        String[] names =
                isFisheye
                        ? new String[] {"k1", "k2", "k3", "k4"}
                        : new String[] {"k1", "k2", "p1", "p2", "k3", "k4", "k5", "k6"};
        for (int k = 0; k < camera.distortion().length; k++) {
            members.put(names[k], "" + camera.distortion()[k]);
        }
        return members;
    }

    private static String model(Camera.Lens lens) {
        return switch (lens) {
            case PERSPECTIVE -> "OPENCV";
            case FISHEYE -> "OPENCV_FISHEYE";
            case EQUIRECTANGULAR -> EQUIRECTANGULAR;
            case ORTHOGRAPHIC ->
                    throw new IllegalArgumentException(
                            "a camera of kind " + lens + ", which transforms.json has not");
        };
    }

    /** Camera to world, the camera's y up and z backward. */
    private static String matrix(View view) {
        double[] r = view.rotation();
        double[] centre = view.centre();
        var rows = new StringBuilder("[");
        for (int row = 0; row < 3; row++) {
            rows.append(
                    "[%s, %s, %s, %s], ".formatted(r[row], -r[3 + row], -r[6 + row], centre[row]));
        }
        return rows.append("[0, 0, 0, 1]]").toString();
    }
}
