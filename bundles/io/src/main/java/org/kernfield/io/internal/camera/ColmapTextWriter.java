package org.kernfield.io.internal.camera;

import org.kernfield.format.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes COLMAP's text files. */
final class ColmapTextWriter {
    private ColmapTextWriter() {}

    /**
     * The three files, beside each other; pictures, without which nothing is read, are removed
     * first and come last.
     */
    static void write(ColmapFiles files, Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve("images.txt"));
        write(directory.resolve("cameras.txt"), cameras(files));
        write(directory.resolve("points3D.txt"), points(files));
        write(directory.resolve("images.txt"), pictures(files));
    }

    private static void write(Path file, StringBuilder text) throws IOException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    private static StringBuilder cameras(ColmapFiles files) {
        var text = new StringBuilder("# CAMERA_ID MODEL WIDTH HEIGHT PARAMS[]\n");
        int number = 0;
        for (var camera : files.cameras()) {
            text.append(++number).append(' ').append(camera.model());
            text.append(' ').append(camera.width()).append(' ').append(camera.height());
            camera.parameters().forEach(p -> text.append(' ').append(p));
            text.append('\n');
        }
        return text;
    }

    private static StringBuilder pictures(ColmapFiles files) {
        var text =
                new StringBuilder("# IMAGE_ID QW QX QY QZ TX TY TZ CAMERA_ID NAME\n")
                        .append("# a line of the points seen in it, here always empty\n");
        int number = 0;
        for (var picture : files.pictures()) {
            text.append(++number);
            for (double value : picture.pose()) {
                text.append(' ').append(value);
            }
            text.append(' ').append(picture.camera()).append(' ').append(picture.name());
            text.append("\n\n");
        }
        return text;
    }

    private static StringBuilder points(ColmapFiles files) {
        var text = new StringBuilder("# POINT3D_ID X Y Z R G B ERROR TRACK[]\n");
        for (int k = 0; k < files.points().count(); k++) {
            text.append(k + 1);
            for (int c = 0; c < 3; c++) {
                text.append(' ').append(files.points().positions()[3 * k + c]);
            }
            for (int c = 0; c < 3; c++) {
                text.append(' ').append(files.colour(k, c));
            }
            text.append(" 0\n");
        }
        return text;
    }
}
