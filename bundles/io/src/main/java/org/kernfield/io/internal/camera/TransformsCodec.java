package org.kernfield.io.internal.camera;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.ply.PointPlyCodec;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * The transforms.json of NeRF, instant-ngp and nerfstudio: cameras from camera to world with x
 * right, y up, z backward. What a frame does not say of its camera, the file does; a focal length
 * may follow from an angle and the width, where there is a width. A file without sizes (NeRF's own)
 * gives cameras of width and height 0 and a focal length for a width of 1: 0.5 / tan(angle / 2).
 * Points are those of the PLY file that nerfstudio names, where it lies beside the file or below.
 * Of equirectangular cameras nerfstudio gives pixels to half a turn as the focal length.
 *
 * @see <a href="https://docs.nerf.studio/quickstart/data_conventions.html">nerfstudio's
 *     description</a>
 */
public class TransformsCodec extends SceneCodec {
    private static final int[] OPENGL = {1, -1, -1};

    private final PointPlyCodec ply = new PointPlyCodec();

    protected TransformsCodec() {
        super("transforms", "json");
    }

    @Override
    public boolean accepts(Probe head) {
        return startsWith(head, '{')
                && (mentions(head, "\"frames\"")
                        || mentions(head, "camera_angle_x")
                        || mentions(head, "\"fl_x\""));
    }

    @Override
    protected Scene decode(Path file, Limits limits) throws IOException {
        var root = Values.of(json(file, limits));
        var views = new ArrayList<View>();
        var masks = new LinkedHashMap<String, String>();
        for (Object item : root.list("frames")) {
            Values frame = Values.of(item);
            String who = "frame %d of %s".formatted(views.size() + 1, frame.text("file_path"));
            try {
                views.add(view(who, frame, root));
            } catch (IllegalArgumentException broken) {
                throw new IllegalArgumentException(who + ": " + broken.getMessage(), broken);
            }
            if (frame.has("mask_path")) {
                masks.put(frame.text("file_path"), frame.text("mask_path"));
            }
        }
        return new Scene(views, points(file, root, limits), masks);
    }

    private static View view(String who, Values frame, Values root) {
        var matrix = new double[16];
        var rows = frame.list("transform_matrix");
        if (rows.size() < 3 || rows.size() > 4) {
            throw new IllegalArgumentException("a camera matrix of " + rows.size() + " rows");
        }
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(Values.numbers(rows.get(r), 4), 0, matrix, 4 * r, 4);
        }
        Refusal.unlessFinite("the transform_matrix of " + who, matrix);
        var rotation = new double[9];
        var translation = new double[3];
        Rotations.invert(matrix, OPENGL, rotation, translation);
        return new View(frame.text("file_path"), camera(frame, root), rotation, translation);
    }

    /** Those of the file that is named, if it lies in the folder or below; it may be missing. */
    private PointCloud points(Path file, Values root, Limits limits) throws IOException {
        Path folder = file.toAbsolutePath().getParent().normalize();
        if (root.members().get("ply_file_path") instanceof String name) {
            Path named = folder.resolve(name).normalize();
            boolean isRelative = !folder.getFileSystem().getPath(name).isAbsolute();
            if (isRelative && named.startsWith(folder) && Files.isRegularFile(named)) {
                return ply.read(named, limits);
            }
        }
        return PointCloud.empty();
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    protected void encode(Scene scene, Path file) throws IOException {
        byte[] text = TransformsWriter.text(scene).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }

    private static Camera camera(Values frame, Values root) {
        int width = (int) number("w", frame, root, 0);
        int height = (int) number("h", frame, root, 0);
        String model = model(frame, root);
        if (model.equals(TransformsWriter.EQUIRECTANGULAR)) {
            return panorama(width, height, frame, root);
        }
        double unit = width > 0 ? width : 1;
        double fx = focal("fl_x", "camera_angle_x", unit, frame, root);
        double fy = focal("fl_y", "camera_angle_y", height > 0 ? height : 0, frame, root);
        if (Double.isNaN(fx)) {
            throw new IllegalArgumentException("it has neither fl_x nor camera_angle_x");
        }
        boolean isFisheye = model.contains("FISHEYE");
        String[] names =
                isFisheye
                        ? new String[] {"k1", "k2", "k3", "k4"}
                        : new String[] {"k1", "k2", "p1", "p2", "k3", "k4", "k5", "k6"};
        var distortion = new double[names.length];
        for (int k = 0; k < names.length; k++) {
            distortion[k] = number(names[k], frame, root, 0);
        }
        return new Camera(
                width,
                height,
                fx,
                Double.isNaN(fy) ? fx : fy,
                number("cx", frame, root, width / 2.0),
                number("cy", frame, root, height / 2.0),
                isFisheye ? Camera.Lens.FISHEYE : Camera.Lens.PERSPECTIVE,
                distortion);
    }

    /** By default the whole sphere, also where there is no size: then for a width of 1. */
    private static Camera panorama(int width, int height, Values frame, Values root) {
        double across = width > 0 ? width / 2.0 : 0.5;
        double down = height > 0 ? height : across;
        return new Camera(
                width,
                height,
                number("fl_x", frame, root, across) / Math.PI,
                number("fl_y", frame, root, down) / Math.PI,
                number("cx", frame, root, width / 2.0),
                number("cy", frame, root, height / 2.0),
                Camera.Lens.EQUIRECTANGULAR);
    }

    private static String model(Values frame, Values root) {
        Values said = frame.has("camera_model") ? frame : root;
        if (!said.has("camera_model")) {
            Values fisheye = frame.has("is_fisheye") ? frame : root;
            return fisheye.isTrue("is_fisheye") ? "OPENCV_FISHEYE" : "OPENCV";
        }
        String model = said.text("camera_model");
        return switch (model) {
            case "OPENCV",
                    "PINHOLE",
                    "SIMPLE_PINHOLE",
                    "SIMPLE_RADIAL",
                    "RADIAL",
                    "perspective",
                    "OPENCV_FISHEYE" ->
                    model;
            case TransformsWriter.EQUIRECTANGULAR, "equirectangular", "SPHERICAL", "spherical" ->
                    TransformsWriter.EQUIRECTANGULAR;
            default -> throw Refusal.ofModel(model);
        };
    }

    /** Of a length, or of an angle and a side in pixels; not a number where there is neither. */
    private static double focal(
            String length, String angle, double side, Values frame, Values root) {
        double given = number(length, frame, root, Double.NaN);
        if (!Double.isNaN(given) || side == 0) {
            return given;
        }
        return 0.5 * side / Math.tan(number(angle, frame, root, Double.NaN) / 2);
    }

    private static double number(String name, Values frame, Values root, double otherwise) {
        double number = frame.has(name) ? frame.number(name) : root.number(name, otherwise);
        if (!Double.isFinite(number) && (frame.has(name) || root.has(name))) {
            throw new IllegalArgumentException(name + " is " + number);
        }
        return number;
    }
}
