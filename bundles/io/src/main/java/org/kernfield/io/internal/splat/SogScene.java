package org.kernfield.io.internal.splat;

import org.kernfield.format.Limits;
import org.kernfield.io.internal.webp.Argb;
import org.kernfield.io.internal.webp.LosslessWebp;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a SOG scene from its description and its pictures. */
final class SogScene {
    /** Further coefficients of a row of the palette lie side by side, 64 entries in a row. */
    private static final int ENTRIES_IN_ROW = 64;

    private static final double SQRT_2 = Math.sqrt(2);
    private static final float[] LOGITS = Activation.logitsOfBytes();

    private final Path file;
    private final Map<?, ?> meta;
    private final Pictures pictures;
    private final Limits limits;
    private final boolean isFirst;

    private SogScene(Path file, Map<?, ?> meta, Pictures pictures, Limits limits) {
        this.file = file;
        this.meta = meta;
        this.pictures = pictures;
        this.limits = limits;
        this.isFirst = !meta.containsKey("version") || number(meta.get("version")) == 1;
    }

    /** Answers the bytes of a picture. */
    @FunctionalInterface
    interface Pictures {
        byte[] get(String name) throws IOException;
    }

    static Splats read(Path file, Map<?, ?> meta, Pictures pictures, Limits limits)
            throws IOException {
        return new SogScene(file, meta, pictures, limits).read();
    }

    private Splats read() throws IOException {
        if (!isFirst && number(meta.get("version")) != 2) {
            throw new IllegalArgumentException(
                    "version " + meta.get("version") + "; 1 and 2 are read");
        }
        long claimed =
                isFirst
                        ? (long) number(list(object("means"), "shape").getFirst())
                        : (long) number(meta.get("count"));
        Map<?, ?> harmonics = meta.containsKey("shN") ? object("shN") : null;
        Argb low = picture("means", 0);
        if (claimed < 0 || claimed > low.pixels().length) {
            throw new IllegalArgumentException(
                    "it claims " + claimed + " splats in " + low.pixels().length + " pixels");
        }
        Argb palette = harmonics == null ? null : picture("shN", 0);
        int degree = harmonics == null ? 0 : degree(harmonics, palette);
        int count = SplatCodec.count(file, claimed, degree, 8 * claimed, limits);
        var splats = Splats.allocate(count, degree);
        means(low, picture("means", 1), splats);
        rotations(picture("quats", 0), splats);
        scales(picture("scales", 0), splats);
        colours(picture("sh0", 0), splats);
        if (degree > 0) {
            harmonics(harmonics, palette, picture("shN", 1), splats);
        }
        return splats;
    }

    private static int degree(Map<?, ?> harmonics, Argb palette) {
        for (int degree = 1; degree <= 3; degree++) {
            boolean isNamed =
                    !harmonics.containsKey("bands") || number(harmonics.get("bands")) == degree;
            int rest = Splats.coefficients(degree) - 1;
            if (isNamed && palette.width() == ENTRIES_IN_ROW * rest) {
                return degree;
            }
        }
        throw new IllegalArgumentException("a palette of colours that fits no degree");
    }

    private Argb picture(String kind, int place) throws IOException {
        List<?> files = list(object(kind), "files");
        if (place >= files.size() || !(files.get(place) instanceof String name)) {
            throw new IllegalArgumentException("its description names no file for " + kind);
        }
        return LosslessWebp.decode(pictures.get(name), file.toString(), limits);
    }

    private static int[] pixels(Argb picture, Splats splats) {
        if (picture.pixels().length < splats.count()) {
            throw new IllegalArgumentException("a picture of too few pixels");
        }
        return picture.pixels();
    }

    private void means(Argb low, Argb high, Splats to) {
        double[] lowest = numbers(object("means"), "mins", 3);
        double[] highest = numbers(object("means"), "maxs", 3);
        int[] lows = pixels(low, to);
        int[] highs = pixels(high, to);
        for (int k = 0; k < 3 * to.count(); k++) {
            int shift = 16 - 8 * (k % 3);
            int steps = lows[k / 3] >>> shift & 0xFF | (highs[k / 3] >>> shift & 0xFF) << 8;
            double value = lerp(lowest, highest, k % 3, steps / 65535.0);
            to.means()[k] = (float) (Math.signum(value) * Math.expm1(Math.abs(value)));
        }
    }

    private static double lerp(double[] low, double[] high, int c, double t) {
        return low[c] + (high[c] - low[c]) * t;
    }

    private static void rotations(Argb picture, Splats to) {
        int[] pixels = pixels(picture, to);
        for (int k = 0; k < to.count(); k++) {
            int largest = (pixels[k] >>> 24) - 252;
            double rest = 1;
            for (int c = 0, shift = 16; c < 4 && largest >= 0; c++) {
                if (c != largest) {
                    double value = ((pixels[k] >>> shift & 0xFF) / 127.5 - 1) / SQRT_2;
                    to.rotations()[4 * k + c] = (float) value;
                    rest -= value * value;
                    shift -= 8;
                }
            }
            // without a mark of the largest there is no rotation
            to.rotations()[4 * k + Math.max(0, largest)] = (float) Math.sqrt(Math.max(0, rest));
        }
    }

    private void scales(Argb picture, Splats to) {
        int[] pixels = pixels(picture, to);
        float[][] values = channels("scales", 3);
        for (int k = 0; k < 3 * to.count(); k++) {
            to.logScales()[k] = values[k % 3][pixels[k / 3] >>> 16 - 8 * (k % 3) & 0xFF];
        }
    }

    private void colours(Argb picture, Splats to) {
        int[] pixels = pixels(picture, to);
        float[][] values = channels("sh0", isFirst ? 4 : 3);
        float[] opacities = isFirst ? values[3] : LOGITS;
        int width = 3 * Splats.coefficients(to.degree());
        for (int k = 0; k < to.count(); k++) {
            for (int c = 0; c < 3; c++) {
                to.sh()[k * width + c] = values[c][pixels[k] >>> 16 - 8 * c & 0xFF];
            }
            to.opacities()[k] = opacities[pixels[k] >>> 24];
        }
    }

    /** What each byte of each channel means: between bounds, or as the code book says. */
    private float[][] channels(String kind, int count) {
        var values = new float[count][256];
        Map<?, ?> description = object(kind);
        double[] book = isFirst ? null : numbers(description, "codebook", 256);
        double[] low = isFirst ? numbers(description, "mins", count) : null;
        double[] high = isFirst ? numbers(description, "maxs", count) : null;
        for (int c = 0; c < count; c++) {
            for (int k = 0; k < 256; k++) {
                values[c][k] = (float) (isFirst ? lerp(low, high, c, k / 255.0) : book[k]);
            }
        }
        return values;
    }

    private void harmonics(Map<?, ?> description, Argb palette, Argb labels, Splats to) {
        int rest = Splats.coefficients(to.degree()) - 1;
        int[] label = pixels(labels, to);
        var values = new float[256];
        for (int k = 0; k < 256; k++) {
            values[k] =
                    isFirst
                            ? (float)
                                    (number(description.get("mins"))
                                            + (number(description.get("maxs"))
                                                            - number(description.get("mins")))
                                                    * k
                                                    / 255)
                            : (float) numbers(description, "codebook", 256)[k];
        }
        for (int k = 0; k < to.count(); k++) {
            int entry = label[k] >>> 16 & 0xFF | label[k] & 0xFF00;
            int row = entry / ENTRIES_IN_ROW;
            if (row >= palette.height()) {
                throw new IllegalArgumentException("a colour beyond the palette");
            }
            int from = row * palette.width() + entry % ENTRIES_IN_ROW * rest;
            int at = 3 * (k * (rest + 1) + 1);
            for (int c = 0; c < rest; c++) {
                int pixel = palette.pixels()[from + c];
                to.sh()[at + 3 * c] = values[pixel >>> 16 & 0xFF];
                to.sh()[at + 3 * c + 1] = values[pixel >>> 8 & 0xFF];
                to.sh()[at + 3 * c + 2] = values[pixel & 0xFF];
            }
        }
    }

    private Map<?, ?> object(String name) {
        if (meta.get(name) instanceof Map<?, ?> object) {
            return object;
        }
        throw new IllegalArgumentException("its description has no " + name);
    }

    private static List<?> list(Map<?, ?> object, String name) {
        if (object.get(name) instanceof List<?> items && !items.isEmpty()) {
            return items;
        }
        throw new IllegalArgumentException("its description has no list " + name);
    }

    private static double[] numbers(Map<?, ?> object, String name, int count) {
        List<?> items = list(object, name);
        if (items.size() < count) {
            throw new IllegalArgumentException(
                    "its list " + name + " has " + items.size() + " numbers, not " + count);
        }
        return items.stream().limit(count).mapToDouble(SogScene::number).toArray();
    }

    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("its description has no number where one should be");
    }
}
