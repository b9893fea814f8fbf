package org.kernfield.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A directory of photographs with their cameras, made on the spot. */
final class Photographs {
    private Photographs() {}

    /**
     * Pictures 0.png, 1.png, … by cameras on a ring of radius 4 about the vertical axis, all of
     * which look at its middle.
     *
     * @param size pixels of a side
     */
    static Path ring(Path directory, int views, int size) throws IOException {
        Files.createDirectory(directory);
        var frames = new StringBuilder();
        for (int k = 0; k < views; k++) {
            Pictures.waves(directory.resolve(k + ".png"), size, size);
            double s = Math.sin(0.2 * k);
            double c = Math.cos(0.2 * k);
            frames.append(k == 0 ? "" : ",")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    """
                                    {"file_path": "%d.png", "transform_matrix":
                                     [[%f, 0, %f, %f], [0, 1, 0, 0], [%f, 0, %f, %f], [0, 0, 0, 1]]}
                                    """,
                                    k,
                                    c,
                                    s,
                                    4 * s,
                                    -s,
                                    c,
                                    4 * c));
        }
        Files.writeString(
                directory.resolve("transforms.json"),
                "{\"camera_angle_x\": 0.7, \"frames\": [" + frames + "]}");
        return directory;
    }
}
