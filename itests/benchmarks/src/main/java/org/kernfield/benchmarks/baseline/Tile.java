package org.kernfield.benchmarks.baseline;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.UMIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 64 × 16 pixels, over which splats are laid in batches. For each batch {@link #spans} turns the
 * rows of its splats into one flat list of the vectors that they cover, so that no branch has to
 * guess where a row ends; {@link #alphas} computes the opacities of all of these, which do not
 * depend on each other; {@link #over} lays them over the tile in the order of the list.
 */
final class Tile {
    static final int WIDTH = 64;
    static final int HEIGHT = 16;

    /** Splats that go by together: what they cover has to stay in the first-level cache. */
    static final int BATCH = 16;

    /** Numbers of a splat: see composite.c. */
    static final int RECORD = 16;

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
    private static final int LANES = 8;
    private static final int ACROSS = WIDTH / LANES;
    static final int VECTORS = ACROSS * HEIGHT;

    /** Transmittance and three colours of a vector of pixels. */
    static final int STATE = 4 * LANES;

    /** A record's first eight numbers, with slope and offset of the row. */
    private static final int ROW = 8;

    private static final int ITEMS = BATCH * HEIGHT * ACROSS + 16;
    private static final float ROUND = 0x1.8p23f;

    /** T, negative where a pixel is done, and colours, vector by vector. */
    final float[] state = new float[VECTORS * STATE];

    private final float[] near = new float[BATCH * RECORD];
    private final float[] columns = new float[WIDTH];
    private final float[] rows = new float[BATCH * HEIGHT * ROW];
    private final int[] items = new int[ITEMS];
    private final float[] alpha = new float[ITEMS * LANES];
    private final int[] open = new int[VECTORS];
    private int shut;
    private int x0;
    private int y0;

    void begin(int left, int top) {
        x0 = left;
        y0 = top;
        shut = 0;
        for (int x = 0; x < WIDTH; x++) {
            columns[x] = left + x + 0.5f;
        }
        var one = FloatVector.broadcast(F, 1);
        var zero = FloatVector.zero(F);
        for (int at = 0; at < VECTORS * STATE; at += STATE) {
            one.intoArray(state, at);
            zero.intoArray(state, at + LANES);
            zero.intoArray(state, at + 2 * LANES);
            zero.intoArray(state, at + 3 * LANES);
        }
    }

    /** Lays {@code list[from]} to {@code list[to − 1]} over it, at most {@link #BATCH} splats. */
    void add(float[] splats, int[] list, int from, int to) {
        gather(splats, list, from, to, near);
        int count = 0;
        int row = 0;
        for (int g = 0; g < (to - from) * RECORD; g += RECORD) {
            int first = bounded(near[g + 12] - y0 + 0.5f);
            int last = bounded(near[g + 13] - y0 + 0.5f);
            count = spans(near, g, first, last, x0, y0, row, rows, count, items);
            row += last - first;
        }
        if (shut > 0) {
            count = compact(items, count, open);
        }
        alphas(items, count, rows, columns, alpha);
        over(items, count, rows, alpha, state);
    }

    /** Brings records together: loads that do not wait for each other hide most of the memory. */
    private static void gather(float[] splats, int[] list, int from, int to, float[] near) {
        int at = 0;
        for (int l = from; l < to; l++) {
            int g = RECORD * list[l];
            FloatVector.fromArray(F, splats, g).intoArray(near, at);
            FloatVector.fromArray(F, splats, g + LANES).intoArray(near, at + LANES);
            at += RECORD;
        }
    }

    private static int bounded(float row) {
        return row < 0 ? 0 : row > HEIGHT ? HEIGHT : (int) row;
    }

    /**
     * Adds the vectors that a splat covers, as row ≪ 16 | vector of the tile; ends of rows are
     * rounded outwards.
     */
    private static int spans(
            float[] splats,
            int g,
            int first,
            int last,
            int x0,
            int y0,
            int row,
            float[] rows,
            int count,
            int[] items) {
        float across = splats[g];
        float b = splats[g + 5];
        float logOpacity = splats[g + 6];
        float c = splats[g + 7];
        float widest = splats[g + 9];
        float narrowing = splats[g + 10];
        float shear = splats[g + 11];
        float centre = y0 + 0.5f - splats[g + 8];
        var head = FloatVector.fromArray(F, splats, g);
        int at = count;
        int to = row * ROW;
        for (int y = first; y < last; y++) {
            float dy = y + centre;
            float square = dy * dy;
            head.intoArray(rows, to);
            rows[to + 5] = b * dy;
            rows[to + 6] = c * square + logOpacity;
            float reach = widest - narrowing * square;
            // comparisons rather than Math.max, which is long code for the sake of NaN and −0
            float half = (float) Math.sqrt(reach > 0 ? reach : 0);
            float middle = across - x0 - shear * dy;
            float left = middle - half - 0.5f;
            float right = middle + half + 0.5f;
            int begin = (int) (left > 0 ? left : 0) >> 3;
            int end = (int) (right < WIDTH - 1 ? right : WIDTH - 1) >> 3;
            // an end just left of 0 has become 0; the vector is drawn for nothing then
            int code = (row + y - first) << 16 | (y * ACROSS + begin);
            // four are written whatever their number, the next row writes over what is too much
            items[at] = code;
            items[at + 1] = code + 1;
            items[at + 2] = code + 2;
            items[at + 3] = code + 3;
            int many = Math.max(end + 1 - begin, 0);
            for (int k = 4; k < many; k++) {
                items[at + k] = code + k;
            }
            at += many;
            to += ROW;
        }
        return at;
    }

    private static int compact(int[] items, int count, int[] open) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int item = items[i];
            items[kept] = item;
            kept += open[item & 0xffff];
        }
        return kept;
    }

    /**
     * min(2^e, 0.99), and 0 below 1/255. The polynomial has degree 4 and relative error 2.6e-6; e
     * below −30 counts as −30, so that products with it stay above the denormal numbers.
     */
    private static void alphas(
            int[] items, int count, float[] rows, float[] columns, float[] alpha) {
        var c0 = FloatVector.broadcast(F, 0.9999992614457144f);
        var c1 = FloatVector.broadcast(F, 0.6931218147367705f);
        var c2 = FloatVector.broadcast(F, 0.2402474482794395f);
        var c3 = FloatVector.broadcast(F, 0.05591786031930516f);
        var c4 = FloatVector.broadcast(F, 0.009570101908084362f);
        var round = FloatVector.broadcast(F, ROUND);
        var deepest = IntVector.broadcast(I, Float.floatToRawIntBits(-30));
        var most = IntVector.broadcast(I, Float.floatToRawIntBits(0.99f));
        var least = IntVector.broadcast(I, Float.floatToRawIntBits(1 / 255f));
        var zero = IntVector.zero(I);
        // one more than there are may be computed, of whatever stood there
        for (int i = 0; i < count; i += 2) {
            int item0 = items[i + 0];
            int item1 = items[i + 1];
            int row0 = (item0 >>> 16) * ROW;
            int row1 = (item1 >>> 16) * ROW;
            var dx0 = FloatVector.fromArray(F, columns, LANES * (item0 & ACROSS - 1));
            var dx1 = FloatVector.fromArray(F, columns, LANES * (item1 & ACROSS - 1));
            dx0 = dx0.sub(FloatVector.broadcast(F, rows[row0]));
            dx1 = dx1.sub(FloatVector.broadcast(F, rows[row1]));
            var e0 =
                    dx0.fma(
                            FloatVector.broadcast(F, rows[row0 + 1]),
                            FloatVector.broadcast(F, rows[row0 + 5]));
            var e1 =
                    dx1.fma(
                            FloatVector.broadcast(F, rows[row1 + 1]),
                            FloatVector.broadcast(F, rows[row1 + 5]));
            e0 = e0.fma(dx0, FloatVector.broadcast(F, rows[row0 + 6]));
            e1 = e1.fma(dx1, FloatVector.broadcast(F, rows[row1 + 6]));
            // as unsigned numbers the bits of what is below −30 are above those of −30
            e0 = e0.reinterpretAsInts().lanewise(UMIN, deepest).reinterpretAsFloats();
            e1 = e1.reinterpretAsInts().lanewise(UMIN, deepest).reinterpretAsFloats();
            var t0 = e0.add(round);
            var t1 = e1.add(round);
            var f0 = e0.sub(t0.sub(round));
            var f1 = e1.sub(t1.sub(round));
            var p0 = f0.fma(c4, c3);
            var p1 = f1.fma(c4, c3);
            p0 = p0.fma(f0, c2);
            p1 = p1.fma(f1, c2);
            p0 = p0.fma(f0, c1);
            p1 = p1.fma(f1, c1);
            p0 = p0.fma(f0, c0);
            p1 = p1.fma(f1, c0);
            var a0 =
                    p0.reinterpretAsInts().add(t0.reinterpretAsInts().lanewise(LSHL, 23)).min(most);
            var a1 =
                    p1.reinterpretAsInts().add(t1.reinterpretAsInts().lanewise(LSHL, 23)).min(most);
            zero.blend(a0, a0.compare(GE, least))
                    .reinterpretAsFloats()
                    .intoArray(alpha, (i + 0) * LANES);
            zero.blend(a1, a1.compare(GE, least))
                    .reinterpretAsFloats()
                    .intoArray(alpha, (i + 1) * LANES);
        }
    }

    private static void over(int[] items, int count, float[] rows, float[] alpha, float[] state) {
        var least = FloatVector.broadcast(F, 1e-4f);
        var zero = FloatVector.zero(F);
        for (int i = 0; i < count; i++) {
            int item = items[i];
            int row = (item >>> 16) * ROW;
            int to = (item & 0xffff) * STATE;
            var before = FloatVector.fromArray(F, state, to);
            var w = FloatVector.fromArray(F, alpha, i * LANES).mul(before);
            var after = before.sub(w);
            var done = after.compare(LT, least);
            w = w.blend(zero, done);
            var shut = before.reinterpretAsInts().lanewise(OR, Integer.MIN_VALUE);
            after.blend(shut.reinterpretAsFloats(), done).intoArray(state, to);
            int red = to + LANES;
            w.fma(FloatVector.broadcast(F, rows[row + 2]), FloatVector.fromArray(F, state, red))
                    .intoArray(state, red);
            int green = to + 2 * LANES;
            w.fma(FloatVector.broadcast(F, rows[row + 3]), FloatVector.fromArray(F, state, green))
                    .intoArray(state, green);
            int blue = to + 3 * LANES;
            w.fma(FloatVector.broadcast(F, rows[row + 4]), FloatVector.fromArray(F, state, blue))
                    .intoArray(state, blue);
        }
    }

    /** Looks which vectors are done; true if all of them are. */
    boolean look() {
        shut = 0;
        for (int v = 0; v < VECTORS; v++) {
            boolean done = FloatVector.fromArray(F, state, v * STATE).compare(LT, 0f).allTrue();
            open[v] = done ? 0 : 1;
            shut += 1 - open[v];
        }
        return shut == VECTORS;
    }

    /** Copies it into planes of what is left and of three colours. */
    void end(float[] image, int width, int height) {
        int plane = width * height;
        for (int v = 0; v < VECTORS; v++) {
            int from = v * STATE;
            int to = (y0 + v / ACROSS) * width + x0 + LANES * (v % ACROSS);
            FloatVector.fromArray(F, state, from)
                    .reinterpretAsInts()
                    .and(Integer.MAX_VALUE)
                    .reinterpretAsFloats()
                    .intoArray(image, to);
            for (int c = 1; c < 4; c++) {
                FloatVector.fromArray(F, state, from + c * LANES).intoArray(image, to + c * plane);
            }
        }
    }
}
