package org.kernfield.io.internal.picture;

/** Rows of colours of some space to sRGB. */
interface ColourConversion {
    /**
     * Converts one row.
     *
     * @param samples pixels × bands, in [0, 1]; bands after the space's own are left alone
     * @param srgb pixels × channels, overwritten
     * @param channels 1 or 3
     */
    void convert(float[] samples, int bands, float[] srgb, int channels);
}
