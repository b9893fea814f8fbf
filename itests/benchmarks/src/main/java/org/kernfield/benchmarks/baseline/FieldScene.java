package org.kernfield.benchmarks.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/**
 * Gaussians over a picture, sorted by cells of 16 pixels, with what hand-written code prepares of
 * them: records, boxes a multiple of eight columns wide, and the sources of each strip of rows.
 *
 * @param sources centre x, y, logarithms of 1/σ and skew as {a, b, c}, three colours; each a row
 * @param records {@link #RECORD} numbers a source: x, y, a, a·b, c scaled for 2^(−q), three colours
 * @param boxes first and end column, first and end row of each source
 * @param list sources of the strips, one strip after the other
 * @param start where each strip's begin, and the end
 */
record FieldScene(float[][] sources, float[] records, int[] boxes, int[] list, int[] start) {
    static final int SIDE = 1000;
    static final int PIXELS = SIDE * SIDE;
    static final int STRIP = 16;
    static final int RECORD = 8;
    private static final int VECTOR = 8;
    private static final double CUT = 3;

    /** σ from 1 to 3 pixels: some eleven Gaussians over each pixel for 100,000 of them. */
    static FieldScene random(int count) {
        var random = new Random(1);
        var sources = new float[count][];
        for (int j = 0; j < count; j++) {
            sources[j] =
                    new float[] {
                        SIDE * random.nextFloat(),
                        SIDE * random.nextFloat(),
                        (float) -Math.log(random.nextDouble(1, 3)),
                        random.nextFloat(-0.3f, 0.3f),
                        (float) -Math.log(random.nextDouble(1, 3)),
                        random.nextFloat(-0.5f, 0.5f),
                        random.nextFloat(-0.5f, 0.5f),
                        random.nextFloat(-0.5f, 0.5f)
                    };
        }
        Arrays.sort(
                sources,
                Comparator.comparingInt(s -> (int) s[1] / STRIP * SIDE + (int) s[0] / STRIP));
        return of(sources);
    }

    private static FieldScene of(float[][] sources) {
        int count = sources.length;
        var records = new float[RECORD * count];
        var boxes = new int[4 * count];
        for (int j = 0; j < count; j++) {
            prepare(sources[j], records, boxes, j);
        }
        var start = new int[Math.ceilDiv(SIDE, STRIP) + 1];
        return new FieldScene(sources, records, boxes, lists(boxes, start), start);
    }

    /** The same, made from the sources anew, as each step of a fit has to. */
    FieldScene again() {
        return of(sources);
    }

    private static void prepare(float[] source, float[] records, int[] boxes, int j) {
        double scale = Math.sqrt(0.5 / Math.log(2));
        double across = Math.exp(source[2]);
        double down = Math.exp(source[4]);
        double[] record = {
            source[0],
            source[1],
            across * scale,
            across * source[3] * scale,
            down * scale,
            source[5],
            source[6],
            source[7]
        };
        for (int k = 0; k < RECORD; k++) {
            records[RECORD * j + k] = (float) record[k];
        }
        double halfWidth = CUT * Math.hypot(1 / across, source[3] / down);
        double halfHeight = CUT / down;
        int x0 = pixel(Math.ceil(source[0] - halfWidth - 0.5));
        int x1 = pixel(Math.floor(source[0] + halfWidth - 0.5) + 1);
        int length = Math.ceilDiv(x1 - x0, VECTOR) * VECTOR;
        x0 = Math.min(x0, SIDE - length);
        boxes[4 * j] = x0;
        boxes[4 * j + 1] = x0 + length;
        boxes[4 * j + 2] = pixel(Math.ceil(source[1] - halfHeight - 0.5));
        boxes[4 * j + 3] = pixel(Math.floor(source[1] + halfHeight - 0.5) + 1);
    }

    private static int pixel(double of) {
        return (int) Math.clamp(of, 0, SIDE);
    }

    private static int[] lists(int[] boxes, int[] start) {
        for (int j = 0; j < boxes.length / 4; j++) {
            for (int s = boxes[4 * j + 2] / STRIP; s <= (boxes[4 * j + 3] - 1) / STRIP; s++) {
                start[s + 1]++;
            }
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] next = start.clone();
        var list = new int[start[start.length - 1]];
        for (int j = 0; j < boxes.length / 4; j++) {
            for (int s = boxes[4 * j + 2] / STRIP; s <= (boxes[4 * j + 3] - 1) / STRIP; s++) {
                list[next[s]++] = j;
            }
        }
        return list;
    }

    int count() {
        return sources.length;
    }

    /** Some numbers of all sources, row by row. */
    float[] column(int first, int width) {
        var values = new float[width * count()];
        for (int j = 0; j < count(); j++) {
            System.arraycopy(sources[j], first, values, width * j, width);
        }
        return values;
    }

    /** The picture's value at a pixel in one colour, in float64 from the formula. */
    double exact(int x, int y, int colour) {
        double sum = 0;
        for (float[] s : sources) {
            double dx = x + 0.5 - s[0];
            double dy = y + 0.5 - s[1];
            double u = (dx + s[3] * dy) * Math.exp(s[2]);
            double v = dy * Math.exp(s[4]);
            double q = u * u + v * v;
            sum += q <= CUT * CUT ? s[5 + colour] * Math.exp(-q / 2) : 0;
        }
        return sum;
    }
}
