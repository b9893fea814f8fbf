package org.kernfield.io.internal.picture;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Brings raw samples to [0, 1].
 *
 * @param most the raw value that stands for 1, by band
 * @param isWrapped whether the upper half of the range comes out negative
 */
record SampleScale(float[] most, boolean isWrapped) {
    private static final float RANGE_32 = 4294967296f;

    static SampleScale of(Raster raster, int bands) {
        var most = new float[bands];
        int type = raster.getTransferType();
        if (type == DataBuffer.TYPE_SHORT) {
            throw new IllegalArgumentException("signed 16-bit samples");
        }
        for (int band = 0; band < bands; band++) {
            int bits = raster.getSampleModel().getSampleSize(band);
            boolean isReal = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
            most[band] = isReal ? 1 : (float) (Math.pow(2, bits) - 1);
        }
        return new SampleScale(most, type == DataBuffer.TYPE_INT && most[0] > 1e9f);
    }

    void apply(float[] raw, int rawBands, float[] row, int bands) {
        for (int from = 0, to = 0; to < row.length; from += rawBands, to += bands) {
            for (int band = 0; band < bands; band++) {
                float value = raw[from + band];
                if (isWrapped && value < 0) {
                    value += RANGE_32;
                }
                value /= most[band];
                if (!(value >= 0 && value <= 1)) {
                    throw new IllegalArgumentException("a sample of " + value + ", outside 0 to 1");
                }
                row[to + band] = value;
            }
        }
    }
}
