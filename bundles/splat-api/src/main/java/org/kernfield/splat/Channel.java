package org.kernfield.splat;

/** What can be composited beside the colours. */
public enum Channel {
    /**
     * Distance, in the scene's units: along the axis for perspective and orthographic lenses, from
     * the camera's centre for the others; 1 number, not divided by the accumulated opacity.
     */
    DEPTH,
    /**
     * The shortest axis, of a flat primitive the third, turned to the camera, in the world's axes;
     * 3 numbers.
     */
    NORMAL,
    /** The numbers of {@link SplatNodes#features}. */
    FEATURES
}
