package org.kernfield.io.internal.camera;

import org.kernfield.format.Limits;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.View;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** COLMAP's text files: a line a camera or point, two lines a picture. */
final class ColmapText {
    private ColmapText() {}

    private static BufferedReader open(Path file) throws IOException {
        return Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    /** The words of the next line that is neither empty nor a comment; null at the end. */
    private static String[] next(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                return text.split("\\s+");
            }
        }
        return null;
    }

    private static double[] numbers(String[] words, int from, int count) throws EOFException {
        if (words.length < from + count) {
            throw new EOFException();
        }
        var numbers = new double[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = Double.parseDouble(words[from + k]);
        }
        return numbers;
    }

    static Map<Integer, Camera> cameras(Path file) throws IOException {
        var cameras = new HashMap<Integer, Camera>();
        try (var in = open(file)) {
            for (String[] words = next(in); words != null; words = next(in)) {
                if (words.length < 4) {
                    throw new EOFException();
                }
                ColmapModel model = ColmapModel.named(words[1]);
                cameras.put(
                        Integer.parseInt(words[0]),
                        model.camera(
                                Integer.parseInt(words[2]),
                                Integer.parseInt(words[3]),
                                numbers(words, 4, model.parameters())));
            }
        }
        return cameras;
    }

    static List<View> views(Path file, Map<Integer, Camera> cameras) throws IOException {
        var views = new ArrayList<View>();
        try (var in = open(file)) {
            for (String[] words = next(in); words != null; words = next(in)) {
                double[] pose = numbers(words, 1, 7);
                if (words.length < 10) {
                    throw new EOFException();
                }
                String name = String.join(" ", Arrays.copyOfRange(words, 9, words.length));
                views.add(ColmapCodec.view(name, Integer.parseInt(words[8]), pose, cameras));
                // the points seen in the picture, possibly none
                in.readLine();
            }
        }
        return views;
    }

    static PointCloud points(Path file, Limits limits) throws IOException {
        // a point takes more letters than this
        long most = Files.size(file) / 16;
        limits.check(file.toString(), 6L * Float.BYTES * most);
        var positions = new float[96];
        var colours = new float[96];
        int count = 0;
        try (var in = open(file)) {
            for (String[] words = next(in); words != null; words = next(in)) {
                double[] numbers = numbers(words, 1, 6);
                if (3 * count == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * positions.length);
                    colours = Arrays.copyOf(colours, 2 * colours.length);
                }
                for (int c = 0; c < 3; c++) {
                    positions[3 * count + c] = (float) numbers[c];
                    colours[3 * count + c] = (float) (numbers[3 + c] / 255);
                }
                count++;
            }
        }
        return new PointCloud(
                Arrays.copyOf(positions, 3 * count), Arrays.copyOf(colours, 3 * count));
    }
}
