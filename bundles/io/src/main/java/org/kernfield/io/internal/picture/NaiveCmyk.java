package org.kernfield.io.internal.picture;

/** Ink to light without a profile: red = (1 − cyan)(1 − black), and so on. */
final class NaiveCmyk implements ColourConversion {
    @Override
    public void convert(float[] samples, int bands, float[] srgb, int channels) {
        for (int from = 0, to = 0; to < srgb.length; from += bands, to += 3) {
            float light = 1 - samples[from + 3];
            for (int c = 0; c < 3; c++) {
                srgb[to + c] = (1 - samples[from + c]) * light;
            }
        }
    }
}
