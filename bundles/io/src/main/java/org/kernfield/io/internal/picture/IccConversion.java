package org.kernfield.io.internal.picture;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Colours of an ICC profile to sRGB, with 16 bits a component. */
final class IccConversion implements ColourConversion {
    /** Profiles that move no colour further than this are taken for sRGB itself. */
    private static final float NO_DIFFERENCE = 1f / 256;

    private static final float MOST = 65535;

    private final int components;
    private final ColorConvertOp op;
    private final WritableRaster from;
    private final WritableRaster to;
    private final float[] source;
    private final float[] target;

    private IccConversion(ColorSpace space, int width) {
        var srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
        components = space.getNumComponents();
        op = new ColorConvertOp(space, srgb, null);
        from = raster(width, components);
        to = raster(width, 3);
        source = new float[width * components];
        target = new float[width * 3];
    }

    private static WritableRaster raster(int width, int bands) {
        return Raster.createInterleavedRaster(
                DataBuffer.TYPE_USHORT, width, 1, bands, new Point(0, 0));
    }

    /**
     * The conversion for rows of {@code width} pixels; null where none is needed: the profile is
     * that of sRGB, is broken, or is for another number of components.
     */
    static ColourConversion of(byte[] profile, int components, int width) {
        try {
            return of(ICC_Profile.getInstance(profile), components, width);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As {@link #of(byte[], int, int)}, for a profile already read. */
    static ColourConversion of(ICC_Profile profile, int components, int width) {
        if (profile.getNumComponents() != components) {
            return null;
        }
        try {
            var space = new ICC_ColorSpace(profile);
            boolean isSrgb = components == 3 && isSrgb(new IccConversion(space, 125));
            return isSrgb ? null : new IccConversion(space, width);
        } catch (RuntimeException e) {
            // the colour engine refuses some profiles only when it uses them
            return null;
        }
    }

    private static boolean isSrgb(IccConversion conversion) {
        var colours = new float[125 * 3];
        for (int k = 0; k < 125; k++) {
            colours[3 * k] = k % 5 / 4f;
            colours[3 * k + 1] = k / 5 % 5 / 4f;
            colours[3 * k + 2] = k / 25 / 4f;
        }
        var converted = new float[125 * 3];
        conversion.convert(colours, 3, converted, 3);
        for (int k = 0; k < colours.length; k++) {
            if (Math.abs(colours[k] - converted[k]) > NO_DIFFERENCE) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void convert(float[] samples, int bands, float[] srgb, int channels) {
        int width = from.getWidth();
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < components; c++) {
                source[x * components + c] =
                        Math.round(Math.clamp(samples[x * bands + c], 0f, 1f) * MOST);
            }
        }
        from.setPixels(0, 0, width, 1, source);
        op.filter(from, to);
        to.getPixels(0, 0, width, 1, target);
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < channels; c++) {
                srgb[x * channels + c] = target[x * 3 + c] / MOST;
            }
        }
    }
}
