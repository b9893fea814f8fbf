package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation tag of EXIF 2.3, 4.6.4: 1 upright … 8 to be turned left. */
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /**
     * The orientation in a TIFF structure; 1 where there is none or it is broken.
     *
     * @param tiff from the byte order mark on
     */
    static int orientation(ByteBuffer tiff) {
        var in = tiff.slice();
        if (in.remaining() < 8) {
            return 1;
        }
        in.order(in.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = in.getInt(4) & 0xFFFFFFFFL;
        if (in.getShort(2) != 42 || directory > in.limit() - 2) {
            return 1;
        }
        int entries = in.getShort((int) directory) & 0xFFFF;
        for (int k = 0; k < entries; k++) {
            long entry = directory + 2 + 12L * k;
            if (entry > in.limit() - 12) {
                return 1;
            }
            int at = (int) entry;
            if ((in.getShort(at) & 0xFFFF) == ORIENTATION && in.getShort(at + 2) == SHORT) {
                int value = in.getShort(at + 8);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    /** The picture as it is to be seen. */
    static Image upright(Image stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        int w = stored.width();
        int h = stored.height();
        boolean isTransposed = orientation >= 5;
        float[] alpha = stored.alpha();
        return new Image(
                isTransposed ? h : w,
                isTransposed ? w : h,
                stored.channels(),
                turned(stored.values(), w, h, stored.channels(), orientation),
                alpha == null ? null : turned(alpha, w, h, 1, orientation));
    }

    private static float[] turned(float[] stored, int w, int h, int channels, int orientation) {
        boolean isTransposed = orientation >= 5;
        int width = isTransposed ? h : w;
        int height = isTransposed ? w : h;
        var values = new float[stored.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from =
                        switch (orientation) {
                            case 2 -> y * w + (w - 1 - x);
                            case 3 -> (h - 1 - y) * w + (w - 1 - x);
                            case 4 -> (h - 1 - y) * w + x;
                            case 5 -> x * w + y;
                            case 6 -> (h - 1 - x) * w + y;
                            case 7 -> (h - 1 - x) * w + (w - 1 - y);
                            default -> x * w + (w - 1 - y);
                        };
                for (int c = 0; c < channels; c++) {
                    values[at++] = stored[from * channels + c];
                }
            }
        }
        return values;
    }
}
