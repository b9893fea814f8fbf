package org.kernfield.splat.compress;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.GridSort;
import org.kernfield.numerics.Morton;
import org.kernfield.numerics.RadixSort;
import org.kernfield.numerics.SymmetricLog;
import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.Edit;

import java.util.Arrays;

/**
 * Orders splats so that they fill a square grid row by row with neighbours that are alike in place,
 * colour, size and rotation, which suits formats that keep attributes as pictures (Morgenstern and
 * others, Compact 3D Scene Representation via Self-Organizing Gaussian Grids, 2024).
 *
 * @param workers parts of the grid
 * @param cancel polled meanwhile
 */
public record SortedGrid(Workers workers, CancelToken cancel) implements Edit {
    private static final int DIMENSION = 14;

    /**
     * Weights of what varies from 0 to 1 about, found on scenes of some hundred thousand splats.
     */
    private static final double COLOUR = 0.1;

    private static final double SCALE = 0.05;
    private static final double ROTATION = 0.05;

    /** Logarithms between sizes that count as far from each other as black from white. */
    private static final double SCALES = 8;

    @Override
    public Splats apply(Splats splats) {
        int[] morton = RadixSort.orderUnsigned(Morton.codes(splats.means(), 3));
        return splats.select(GridSort.order(features(splats), DIMENSION, morton, workers, cancel));
    }

    private static float[] features(Splats splats) {
        var low = new double[3];
        var high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < splats.means().length; k++) {
            double x = SymmetricLog.of(splats.means()[k]);
            low[k % 3] = Math.min(low[k % 3], x);
            high[k % 3] = Math.max(high[k % 3], x);
        }
        var features = new float[Math.multiplyExact(DIMENSION, splats.count())];
        int colours = 3 * Splats.coefficients(splats.degree());
        for (int k = 0, at = 0; k < splats.count(); k++) {
            for (int c = 0; c < 3; c++) {
                double x = SymmetricLog.of(splats.means()[3 * k + c]) - low[c];
                features[at++] = high[c] > low[c] ? (float) (x / (high[c] - low[c])) : 0;
            }
            for (int c = 0; c < 3; c++) {
                features[at++] = (float) (COLOUR * Splats.SH_0 * splats.sh()[colours * k + c]);
            }
            for (int c = 0; c < 3; c++) {
                float size = splats.logScales()[3 * k + c];
                size = Math.clamp(size, -Splats.LARGEST_LOG_SCALE, Splats.LARGEST_LOG_SCALE);
                features[at++] = (float) (SCALE / SCALES * size);
            }
            features[at++] = (float) (COLOUR / (1 + Math.exp(-splats.opacities()[k])));
            at = rotation(splats.rotations(), 4 * k, features, at);
        }
        return features;
    }

    /**
     * Of a quaternion and its opposite, which turn alike, the one whose largest part is above 0.
     */
    private static int rotation(float[] rotations, int from, float[] features, int to) {
        double norm = 0;
        int largest = from;
        for (int c = from; c < from + 4; c++) {
            norm += (double) rotations[c] * rotations[c];
            largest = Math.abs(rotations[c]) > Math.abs(rotations[largest]) ? c : largest;
        }
        double scale = norm > 0 ? Math.copySign(ROTATION / Math.sqrt(norm), rotations[largest]) : 0;
        for (int c = 0; c < 4; c++) {
            features[to + c] = (float) (scale * rotations[from + c]);
        }
        return to + 4;
    }
}
