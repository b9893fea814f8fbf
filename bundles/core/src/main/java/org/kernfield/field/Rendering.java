package org.kernfield.field;

/** A field that draws itself as a picture. */
public interface Rendering {
    /** Size of the picture it was fitted to, in pixels. */
    int naturalWidth();

    int naturalHeight();

    /**
     * The whole field as a picture of any size.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     * @return unclipped values
     */
    Image render(int width, int height, Compute compute);
}
