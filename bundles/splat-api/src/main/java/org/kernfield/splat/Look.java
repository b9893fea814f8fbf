package org.kernfield.splat;

/**
 * How splats are to be shown, where that differs from what their model says.
 *
 * @param layer what the picture shows
 * @param background red, green, blue behind everything; null for the model's own
 * @param isAntialiased whether they are antialiased even if the model is not
 */
public record Look(Layer layer, double[] background, boolean isAntialiased) {
    public Look {
        background = background == null ? null : background.clone();
    }

    /** The colours as the model says. */
    public static Look usual() {
        return new Look(Layer.COLOUR, null, false);
    }

    /** Whether it is no other than what the model says. */
    public boolean isUsual() {
        return layer == Layer.COLOUR && background == null && !isAntialiased;
    }

    /** Those of a model, changed accordingly. */
    public RenderOptions changed(RenderOptions own) {
        RenderOptions coloured = background == null ? own : own.withBackground(background);
        RenderOptions sharp = isAntialiased ? coloured.withAntialiasing(true) : coloured;
        return switch (layer) {
            case COLOUR, ALPHA -> sharp;
            case DEPTH -> sharp.with(Channel.DEPTH);
            case NORMAL -> sharp.with(Channel.NORMAL);
        };
    }
}
