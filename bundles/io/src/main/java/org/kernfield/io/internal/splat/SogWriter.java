package org.kernfield.io.internal.splat;

import org.kernfield.format.FormatException;
import org.kernfield.io.internal.webp.Argb;
import org.kernfield.io.internal.webp.LosslessWebp;
import org.kernfield.numerics.GridSort;
import org.kernfield.numerics.Morton;
import org.kernfield.numerics.Palette;
import org.kernfield.numerics.RadixSort;
import org.kernfield.numerics.SymmetricLog;
import org.kernfield.scene.Splats;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the pictures and the description of SOG, version 2. */
final class SogWriter {
    private static final int OPAQUE = 0xFF000000;
    private static final int ENTRIES_IN_ROW = 64;

    /** Most entries of the palette of further coefficients, and splats that one entry serves. */
    private static final int LARGEST_PALETTE = 1 << 16;

    private static final int SMALLEST_PALETTE = 1 << 10;
    private static final int SPLATS_PER_ENTRY = 4;

    /** An order whose steps are longer than Morton's by more has not been made for pictures. */
    private static final int MOST_STEPS = 8;

    private final Splats splats;
    private final int degree;
    private final int width;
    private final int height;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder meta = new StringBuilder();

    private SogWriter(Splats ordered, Path file) throws FormatException {
        this.splats = ordered;
        this.degree = Math.min(3, splats.degree());
        this.width = GridSort.width(splats.count());
        this.height = Math.ceilDiv(Math.ceilDiv(splats.count(), width), 4) * 4;
        if (width > Argb.LARGEST_SIDE) {
            throw new FormatException(
                    file
                            + ": "
                            + splats.count()
                            + " splats are more than its pictures hold; write .ply or .spz");
        }
    }

    /**
     * The files by name, the description last. Splats stand in Morton's order, or in the one they
     * come in where that makes smaller files.
     *
     * @throws FormatException for more splats than pictures hold
     */
    static Map<String, byte[]> files(Splats splats, Path file) throws FormatException {
        Splats morton = splats.select(RadixSort.orderUnsigned(Morton.codes(splats.means(), 3)));
        Map<String, byte[]> files = new SogWriter(morton, file).files();
        double steps = steps(splats.means());
        double least = steps(morton.means());
        if (steps == least || steps > MOST_STEPS * least) {
            return files;
        }
        Map<String, byte[]> own = new SogWriter(splats, file).files();
        return bytes(own) < bytes(files) ? own : files;
    }

    /** Sum of the distances from each splat to the next, along the axes. */
    private static double steps(float[] means) {
        double sum = 0;
        for (int k = 3; k < means.length; k++) {
            sum += Math.abs(means[k] - means[k - 3]);
        }
        return sum;
    }

    private static long bytes(Map<String, byte[]> files) {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    private Map<String, byte[]> files() {
        meta.append("{\"version\": 2, \"asset\": {\"generator\": \"Kernfield\"}, \"count\": ");
        meta.append(splats.count());
        means();
        scales();
        rotations();
        colours();
        if (degree > 0) {
            harmonics();
        }
        files.put("meta.json", meta.append("}\n").toString().getBytes(StandardCharsets.US_ASCII));
        return files;
    }

    private void add(String name, int[] pixels) {
        add(name, width, height, pixels);
    }

    private void add(String name, int width, int height, int[] pixels) {
        files.put(name, LosslessWebp.encode(new Argb(width, height, pixels)));
    }

    private int[] canvas() {
        return new int[width * height];
    }

    private void means() {
        var low = new double[3];
        var high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < splats.means().length; k++) {
            double value = SymmetricLog.of(splats.means()[k]);
            low[k % 3] = Math.min(low[k % 3], value);
            high[k % 3] = Math.max(high[k % 3], value);
        }
        int[] lower = canvas();
        int[] upper = canvas();
        for (int k = 0; k < splats.count(); k++) {
            lower[k] = upper[k] = OPAQUE;
            for (int c = 0; c < 3; c++) {
                double range = high[c] - low[c];
                double value = SymmetricLog.of(splats.means()[3 * k + c]) - low[c];
                int steps = range > 0 ? (int) Math.rint(value / range * 65535) : 0;
                lower[k] |= (steps & 0xFF) << 16 - 8 * c;
                upper[k] |= steps >>> 8 << 16 - 8 * c;
            }
        }
        add("means_l.webp", lower);
        add("means_u.webp", upper);
        meta.append(", \"means\": {\"mins\": ").append(Arrays.toString(low));
        meta.append(", \"maxs\": ").append(Arrays.toString(high));
        meta.append(", \"files\": [\"means_l.webp\", \"means_u.webp\"]}");
    }

    private void scales() {
        float[] finite = splats.logScales().clone();
        for (int k = 0; k < finite.length; k++) {
            finite[k] = Math.clamp(finite[k], -Splats.LARGEST_LOG_SCALE, Splats.LARGEST_LOG_SCALE);
        }
        var book = new CodeBook(finite);
        int[] pixels = canvas();
        for (int k = 0; k < splats.count(); k++) {
            pixels[k] = OPAQUE;
            for (int c = 0; c < 3; c++) {
                pixels[k] |= book.code(finite[3 * k + c]) << 16 - 8 * c;
            }
        }
        add("scales.webp", pixels);
        describe("scales", book);
    }

    private void describe(String kind, CodeBook book) {
        meta.append(", \"").append(kind).append("\": {\"codebook\": ");
        meta.append(Arrays.toString(book.values()));
        meta.append(", \"files\": [\"").append(kind).append(".webp\"]}");
    }

    private void rotations() {
        int[] pixels = canvas();
        var quaternion = new double[4];
        for (int k = 0; k < splats.count(); k++) {
            Activation.unit(splats.rotations(), 4 * k, quaternion);
            int largest = Activation.largest(quaternion);
            double sign = quaternion[largest] < 0 ? -1 : 1;
            pixels[k] = 252 + largest << 24;
            for (int c = 0, shift = 16; c < 4; c++) {
                if (c != largest) {
                    double value = sign * quaternion[c] * Math.sqrt(2);
                    pixels[k] |= Activation.toByte(127.5 * (value + 1)) << shift;
                    shift -= 8;
                }
            }
        }
        add("quats.webp", pixels);
        meta.append(", \"quats\": {\"files\": [\"quats.webp\"]}");
    }

    private void colours() {
        int coefficients = 3 * Splats.coefficients(splats.degree());
        var values = new float[3 * splats.count()];
        for (int k = 0; k < splats.count(); k++) {
            System.arraycopy(splats.sh(), coefficients * k, values, 3 * k, 3);
        }
        var book = new CodeBook(values);
        int[] pixels = canvas();
        for (int k = 0; k < splats.count(); k++) {
            pixels[k] = Activation.opacity(splats.opacities()[k]) << 24;
            for (int c = 0; c < 3; c++) {
                pixels[k] |= book.code(values[3 * k + c]) << 16 - 8 * c;
            }
        }
        add("sh0.webp", pixels);
        describe("sh0", book);
    }

    private void harmonics() {
        int rest = Splats.coefficients(degree) - 1;
        int dimension = 3 * rest;
        int from = 3 * Splats.coefficients(splats.degree());
        var values = new float[dimension * splats.count()];
        for (int k = 0; k < splats.count(); k++) {
            System.arraycopy(splats.sh(), from * k + 3, values, dimension * k, dimension);
        }
        var palette = Palette.of(values, dimension, entries(splats.count()));
        float[] centres = palette.entries();
        int entries = centres.length / dimension;
        var book = new CodeBook(centres);
        int rows = Math.ceilDiv(entries, ENTRIES_IN_ROW);
        var colours = new int[ENTRIES_IN_ROW * rest * rows];
        for (int k = 0; k < entries * rest; k++) {
            colours[k] = OPAQUE;
            for (int c = 0; c < 3; c++) {
                colours[k] |= book.code(centres[3 * k + c]) << 16 - 8 * c;
            }
        }
        add("shN_centroids.webp", ENTRIES_IN_ROW * rest, rows, colours);
        int[] own = palette.labels();
        int[] labels = canvas();
        for (int k = 0; k < splats.count(); k++) {
            int label = own[k];
            labels[k] = OPAQUE | (label & 0xFF) << 16 | label & 0xFF00;
        }
        add("shN_labels.webp", labels);
        meta.append(", \"shN\": {\"count\": ").append(entries);
        meta.append(", \"bands\": ").append(degree).append(", \"codebook\": ");
        meta.append(Arrays.toString(book.values()));
        meta.append(", \"files\": [\"shN_centroids.webp\", \"shN_labels.webp\"]}");
    }

    /** Each its own where there are few. */
    private static int entries(int count) {
        return count <= SMALLEST_PALETTE
                ? count
                : Math.clamp(count / SPLATS_PER_ENTRY, SMALLEST_PALETTE, LARGEST_PALETTE);
    }
}
