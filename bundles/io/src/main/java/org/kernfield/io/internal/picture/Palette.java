package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The colours of an indexed picture; a palette of greys makes a grey picture.
 *
 * @param colours 1 or 3
 * @param entries size × (colours, then alpha if there is any), in [0, 1]
 */
record Palette(int colours, boolean hasAlpha, float[] entries) {
    static Palette of(IndexColorModel model) {
        var argb = new int[model.getMapSize()];
        model.getRGBs(argb);
        return of(argb);
    }

    static Palette of(int[] argb) {
        int colours = 1;
        boolean hasAlpha = false;
        for (int c : argb) {
            boolean isGrey = (c >> 16 & 0xFF) == (c >> 8 & 0xFF) && (c >> 8 & 0xFF) == (c & 0xFF);
            colours = isGrey ? colours : 3;
            hasAlpha |= c >>> 24 != 0xFF;
        }
        int bands = colours + (hasAlpha ? 1 : 0);
        var entries = new float[argb.length * bands];
        for (int k = 0; k < argb.length; k++) {
            for (int c = 0; c < colours; c++) {
                entries[k * bands + c] = (argb[k] >> 16 - 8 * c & 0xFF) / 255f;
            }
            if (hasAlpha) {
                entries[k * bands + colours] = (argb[k] >>> 24) / 255f;
            }
        }
        return new Palette(colours, hasAlpha, entries);
    }

    /** Writes the colour of {@code index} as pixel {@code x} of a row. */
    void put(int index, float[] row, int x) {
        int bands = colours + (hasAlpha ? 1 : 0);
        if ((index + 1) * bands > entries.length) {
            throw new IllegalArgumentException("colour " + index + " beyond the palette");
        }
        System.arraycopy(entries, index * bands, row, x * bands, bands);
    }

    /** The picture whose indices are in {@code raster}. */
    Image picture(Raster raster, int orientation) {
        int width = raster.getWidth();
        var canvas = new Canvas(width, raster.getHeight(), colours, hasAlpha, null);
        var indices = new int[width];
        var row = new float[width * canvas.bands()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, indices);
            for (int x = 0; x < width; x++) {
                put(indices[x], row, x);
            }
            canvas.row(y, row);
        }
        return canvas.picture(orientation);
    }
}
