package org.kernfield.splat;

/** What a picture of splats shows. */
public enum Layer {
    /** Red, green and blue over the background. */
    COLOUR(3),
    /** Accumulated opacity, 0 to 1. */
    ALPHA(1),
    /**
     * Mean distance of what is seen, measured as {@link Channel#DEPTH}, in the scene's units; NaN
     * where nothing is.
     */
    DEPTH(1),
    /**
     * Mean direction of the shortest axes of what is seen, see {@link Channel#NORMAL}, of length 1;
     * 0 where nothing is.
     */
    NORMAL(3);

    private final int channels;

    Layer(int channels) {
        this.channels = channels;
    }

    /** Numbers a pixel. */
    public int channels() {
        return channels;
    }
}
