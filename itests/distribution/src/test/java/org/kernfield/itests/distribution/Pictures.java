package org.kernfield.itests.distribution;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Pictures to fit, made on the spot so that the tests need no data. */
final class Pictures {
    private Pictures() {}

    /** Waves in three channels with an edge across them. */
    static Path waves(Path file, int width, int height) throws IOException {
        return write(file, waves(width, height, BufferedImage.TYPE_INT_RGB));
    }

    static Path grey(Path file, int width, int height) throws IOException {
        return write(file, waves(width, height, BufferedImage.TYPE_BYTE_GRAY));
    }

    /** Its left edge is transparent. */
    static Path transparent(Path file, int width, int height) throws IOException {
        var picture = waves(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 3; x++) {
                picture.setRGB(x, y, picture.getRGB(x, y) & 0x60FFFFFF);
            }
        }
        return write(file, picture);
    }

    static Path constant(Path file, int width, int height) throws IOException {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 0x4080C0);
            }
        }
        return write(file, picture);
    }

    private static BufferedImage waves(int width, int height, int type) {
        var picture = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int edge = 3 * x > 2 * y ? 60 : 0;
                int red = 90 + edge + (int) (60 * Math.sin(x * 0.31 + y * 0.07));
                int green = 90 + edge + (int) (60 * Math.cos(y * 0.23));
                int blue = 120 + (int) (60 * Math.sin((x + y) * 0.11));
                picture.setRGB(x, y, 0xFF000000 | red << 16 | green << 8 | blue);
            }
        }
        return picture;
    }

    private static Path write(Path file, BufferedImage picture) throws IOException {
        if (!ImageIO.write(picture, "png", file.toFile())) {
            throw new IOException(file + ": not written");
        }
        return file;
    }
}
