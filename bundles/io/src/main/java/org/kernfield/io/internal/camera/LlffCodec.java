package org.kernfield.io.internal.camera;

import org.kernfield.backend.Array;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.npy.NpyCodec;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * LLFF's poses_bounds.npy: 17 numbers a picture, of which 15 are a 3 × 5 matrix: camera to world
 * with the axes down, right, backward, then height, width, focal length. Pictures are those of the
 * folder images beside it, in the order of their names.
 *
 * @see <a href="https://github.com/Fyusion/LLFF">LLFF's description</a>
 */
public class LlffCodec extends SceneCodec {
    private static final int COLUMNS = 17;
    private static final int[] DOWN_RIGHT_BACK = {1, 1, -1};
    private static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png");

    private final NpyCodec npy = new NpyCodec();

    protected LlffCodec() {
        super("llff", "npy");
    }

    @Override
    public boolean accepts(Probe head) {
        return npy.accepts(head) && head.fileName().equals("poses_bounds.npy");
    }

    @Override
    protected Scene decode(Path file, Limits limits) throws IOException {
        Array rows = npy.read(file, limits);
        if (rows.width() != COLUMNS) {
            throw new IllegalArgumentException("rows of " + rows.width() + " numbers, not 17");
        }
        List<String> names = pictures(file.resolveSibling("images"));
        if (!names.isEmpty() && names.size() != rows.rows()) {
            throw new IllegalArgumentException(
                    rows.rows() + " cameras for " + names.size() + " pictures in images");
        }
        var views = new ArrayList<View>();
        for (int k = 0; k < rows.rows(); k++) {
            views.add(view(rows, k, names.isEmpty() ? "images/" + k : names.get(k)));
        }
        return new Scene(views, PointCloud.empty());
    }

    private static List<String> pictures(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> PICTURES.stream().anyMatch(n.toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .map(n -> "images/" + n)
                    .toList();
        }
    }

    private static View view(Array rows, int row, String picture) {
        var matrix = new double[12];
        for (int r = 0; r < 3; r++) {
            // columns down, right, backward become right, down, backward
            matrix[4 * r] = rows.get(COLUMNS * row + 5 * r + 1);
            matrix[4 * r + 1] = rows.get(COLUMNS * row + 5 * r);
            matrix[4 * r + 2] = rows.get(COLUMNS * row + 5 * r + 2);
            matrix[4 * r + 3] = rows.get(COLUMNS * row + 5 * r + 3);
        }
        Refusal.unlessFinite("the pose of " + picture, matrix);
        int height = (int) rows.get(COLUMNS * row + 4);
        int width = (int) rows.get(COLUMNS * row + 9);
        double focal = rows.get(COLUMNS * row + 14);
        var rotation = new double[9];
        var translation = new double[3];
        Rotations.invert(matrix, DOWN_RIGHT_BACK, rotation, translation);
        var camera =
                new Camera(
                        width,
                        height,
                        focal,
                        focal,
                        width / 2.0,
                        height / 2.0,
                        Camera.Lens.PERSPECTIVE);
        return new View(picture, camera, rotation, translation);
    }
}
