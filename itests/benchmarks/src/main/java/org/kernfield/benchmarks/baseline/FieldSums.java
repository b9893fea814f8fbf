package org.kernfield.benchmarks.baseline;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/**
 * The picture of a {@link FieldScene} and its gradient, each band of a box, a vector of columns, in
 * a method of its own: see {@code field.c}. Lanes are eight, as boxes are.
 */
final class FieldSums {
    /** Sums of a source: of h·u, h·u·dy, h·u², h·dy, h·dy² and of each colour's derivative. */
    static final int SUMS = 8;

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
    private static final float ROUND = 0x1.8p23f;
    private static final float CUT = (float) (4.5 / Math.log(2));
    private static final int P = FieldScene.PIXELS;

    private FieldSums() {}

    static void picture(FieldScene scene, float[] image) {
        for (int s = 0; s + 1 < scene.start().length; s++) {
            int first = s * FieldScene.STRIP;
            int last = Math.min(FieldScene.SIDE, first + FieldScene.STRIP);
            for (int k = 0; k < 3; k++) {
                int at = k * P;
                Arrays.fill(image, at + first * FieldScene.SIDE, at + last * FieldScene.SIDE, 0);
            }
            for (int l = scene.start()[s]; l < scene.start()[s + 1]; l++) {
                int j = scene.list()[l];
                int y0 = Math.max(first, scene.boxes()[4 * j + 2]);
                int y1 = Math.min(last, scene.boxes()[4 * j + 3]);
                int x = scene.boxes()[4 * j];
                int end = scene.boxes()[4 * j + 1];
                for (; x < end; x += 8) {
                    band(scene.records(), j * FieldScene.RECORD, x, y0, y1, image);
                }
            }
        }
    }

    private static void band(float[] g, int at, int x, int y0, int y1, float[] image) {
        var column = FloatVector.zero(F).addIndex(1).add(x + 0.5f - g[at]).mul(g[at + 2]);
        var w0 = FloatVector.broadcast(F, g[at + 5]);
        var w1 = FloatVector.broadcast(F, g[at + 6]);
        var w2 = FloatVector.broadcast(F, g[at + 7]);
        float y = g[at + 1];
        float slope = g[at + 3];
        float down = g[at + 4];
        for (int row = y0; row < y1; row++) {
            float dy = row + 0.5f - y;
            int i = row * FieldScene.SIDE + x;
            var u = column.add(slope * dy);
            var q = u.fma(u, FloatVector.broadcast(F, down * dy * down * dy));
            var t = q.add(ROUND);
            var r = t.sub(ROUND).sub(q);
            var p = FloatVector.broadcast(F, 0.0013276471979479397f);
            p = p.fma(r, FloatVector.broadcast(F, 0.009675541334216184f));
            p = p.fma(r, FloatVector.broadcast(F, 0.05550713273542589f));
            p = p.fma(r, FloatVector.broadcast(F, 0.24022119723848476f));
            p = p.fma(r, FloatVector.broadcast(F, 0.6931469670647331f));
            p = p.fma(r, FloatVector.broadcast(F, 1.0000000716546822f));
            var bits = p.reinterpretAsInts().sub(t.reinterpretAsInts().lanewise(LSHL, 23));
            var e = FloatVector.zero(F).blend(bits.reinterpretAsFloats(), q.compare(LE, CUT));
            e.fma(w0, FloatVector.fromArray(F, image, i)).intoArray(image, i);
            e.fma(w1, FloatVector.fromArray(F, image, P + i)).intoArray(image, P + i);
            e.fma(w2, FloatVector.fromArray(F, image, 2 * P + i)).intoArray(image, 2 * P + i);
        }
    }

    /**
     * @param d the derivative by the picture
     * @param out {@link #SUMS} numbers a source, from which all gradients follow
     */
    static void gradient(FieldScene scene, float[] d, float[] out) {
        var sums = new float[SUMS * 8];
        for (int j = 0; j < scene.count(); j++) {
            int y0 = scene.boxes()[4 * j + 2];
            int y1 = scene.boxes()[4 * j + 3];
            int end = scene.boxes()[4 * j + 1];
            Arrays.fill(sums, 0);
            for (int x = scene.boxes()[4 * j]; x < end; x += 8) {
                back(scene.records(), j * FieldScene.RECORD, x, y0, y1, d, sums);
            }
            for (int k = 0; k < SUMS; k++) {
                float sum = 0;
                for (int lane = 0; lane < 8; lane++) {
                    sum += sums[8 * k + lane];
                }
                out[SUMS * j + k] = sum;
            }
        }
    }

    private static void back(float[] g, int r, int x, int y0, int y1, float[] d, float[] sums) {
        var column = FloatVector.zero(F).addIndex(1).add(x + 0.5f - g[r]).mul(g[r + 2]);
        var w0 = FloatVector.broadcast(F, g[r + 5]);
        var w1 = FloatVector.broadcast(F, g[r + 6]);
        var w2 = FloatVector.broadcast(F, g[r + 7]);
        var hu = FloatVector.fromArray(F, sums, 0);
        var huy = FloatVector.fromArray(F, sums, 8);
        var huu = FloatVector.fromArray(F, sums, 16);
        var hy = FloatVector.fromArray(F, sums, 24);
        var hyy = FloatVector.fromArray(F, sums, 32);
        var d0 = FloatVector.fromArray(F, sums, 40);
        var d1 = FloatVector.fromArray(F, sums, 48);
        var d2 = FloatVector.fromArray(F, sums, 56);
        for (int y = y0; y < y1; y++) {
            float dy = y + 0.5f - g[r + 1];
            float v = g[r + 4] * dy;
            int at = y * FieldScene.SIDE + x;
            var u = column.add(g[r + 3] * dy);
            var q = u.fma(u, FloatVector.broadcast(F, v * v));
            var t = q.add(ROUND);
            var rest = t.sub(ROUND).sub(q);
            var p = FloatVector.broadcast(F, 0.0013276471979479397f);
            p = p.fma(rest, FloatVector.broadcast(F, 0.009675541334216184f));
            p = p.fma(rest, FloatVector.broadcast(F, 0.05550713273542589f));
            p = p.fma(rest, FloatVector.broadcast(F, 0.24022119723848476f));
            p = p.fma(rest, FloatVector.broadcast(F, 0.6931469670647331f));
            p = p.fma(rest, FloatVector.broadcast(F, 1.0000000716546822f));
            var bits = p.reinterpretAsInts().sub(t.reinterpretAsInts().lanewise(LSHL, 23));
            var e = FloatVector.zero(F).blend(bits.reinterpretAsFloats(), q.compare(LE, CUT));
            var c0 = FloatVector.fromArray(F, d, at);
            var c1 = FloatVector.fromArray(F, d, P + at);
            var c2 = FloatVector.fromArray(F, d, 2 * P + at);
            d0 = e.fma(c0, d0);
            d1 = e.fma(c1, d1);
            d2 = e.fma(c2, d2);
            var h = c2.fma(w2, c1.fma(w1, c0.mul(w0))).mul(e);
            var product = h.mul(u);
            var down = FloatVector.broadcast(F, dy);
            hu = hu.add(product);
            huu = product.fma(u, huu);
            huy = product.fma(down, huy);
            hy = h.fma(down, hy);
            hyy = h.fma(FloatVector.broadcast(F, dy * dy), hyy);
        }
        hu.intoArray(sums, 0);
        huy.intoArray(sums, 8);
        huu.intoArray(sums, 16);
        hy.intoArray(sums, 24);
        hyy.intoArray(sums, 32);
        d0.intoArray(sums, 40);
        d1.intoArray(sums, 48);
        d2.intoArray(sums, 56);
    }
}
