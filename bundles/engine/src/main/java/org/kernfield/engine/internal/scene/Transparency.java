package org.kernfield.engine.internal.scene;

import org.kernfield.field.Image;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;

/**
 * What becomes of the transparent parts of pictures.
 *
 * @param isMask whether they do not count; else they show what is behind them
 * @param behind value of each channel behind them, from 0 to 1
 */
record Transparency(boolean isMask, float behind) {
    /** What is behind the transparent parts of a decoded picture. */
    private static final float WHITE = 1;

    /**
     * @param picture 3 channels
     * @param weights of the pixels, which are kept; null where all count
     */
    Photograph photograph(View view, Image picture, float[] weights) {
        float[] alpha = picture.alpha();
        if (alpha == null) {
            return new Photograph(view, picture, weights);
        }
        return isMask
                ? new Photograph(view, straight(picture), weighted(alpha, weights))
                : new Photograph(view, over(picture), weights, alpha);
    }

    private static float[] weighted(float[] alpha, float[] weights) {
        if (weights == null) {
            return alpha;
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= alpha[k];
        }
        return weights;
    }

    /** (w − (1 − α)) / α: what covers the pixels, without what is behind them. */
    private static Image straight(Image onWhite) {
        float[] values = onWhite.values().clone();
        for (int k = 0; k < values.length; k++) {
            float alpha = onWhite.alpha()[k / 3];
            values[k] = alpha > 0 ? Math.clamp(1 - (1 - values[k]) / alpha, 0f, 1f) : WHITE;
        }
        return opaque(onWhite, values);
    }

    /** w − (1 − α)(1 − b): the same over another background. */
    private Image over(Image onWhite) {
        if (behind == WHITE) {
            return opaque(onWhite, onWhite.values());
        }
        float[] values = onWhite.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] -= (1 - onWhite.alpha()[k / 3]) * (WHITE - behind);
        }
        return opaque(onWhite, values);
    }

    private static Image opaque(Image like, float[] values) {
        return new Image(like.width(), like.height(), 3, values);
    }
}
