package org.kernfield.io.internal.picture;

import java.awt.color.ColorSpace;

/** Colours of a space without a profile, for example CIE L*a*b*, a pixel at a time. */
record AnySpace(ColorSpace space) implements ColourConversion {
    @Override
    public void convert(float[] samples, int bands, float[] srgb, int channels) {
        var colour = new float[space.getNumComponents()];
        for (int from = 0, to = 0; to < srgb.length; from += bands, to += channels) {
            for (int c = 0; c < colour.length; c++) {
                float low = space.getMinValue(c);
                colour[c] = low + samples[from + c] * (space.getMaxValue(c) - low);
            }
            System.arraycopy(space.toRGB(colour), 0, srgb, to, channels);
        }
    }
}
