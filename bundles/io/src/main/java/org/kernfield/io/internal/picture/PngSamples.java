package org.kernfield.io.internal.picture;

import java.nio.ByteBuffer;

/**
 * Unpacks PNG rows into colours in [0, 1] and straight alpha.
 *
 * @param palette the colours, or null
 * @param transparent the raw samples that stand for "transparent", or null
 */
record PngSamples(PngHeader header, Palette palette, int[] transparent) {

    static PngSamples of(PngHeader header, ByteBuffer plte, ByteBuffer trns) {
        if (header.colour() == 3) {
            if (plte == null || plte.limit() < 3) {
                throw new IllegalArgumentException("it has no palette");
            }
            return new PngSamples(header, palette(plte, trns), null);
        }
        boolean isKeyed = trns != null && (header.colour() == 0 || header.colour() == 2);
        if (!isKeyed || trns.limit() < 2 * header.samples()) {
            return new PngSamples(header, null, null);
        }
        var key = new int[header.samples()];
        for (int k = 0; k < key.length; k++) {
            key[k] = trns.getShort(2 * k) & ((1 << header.depth()) - 1);
        }
        return new PngSamples(header, null, key);
    }

    private static Palette palette(ByteBuffer plte, ByteBuffer trns) {
        var argb = new int[plte.limit() / 3];
        for (int k = 0; k < argb.length; k++) {
            int alpha = trns == null || k >= trns.limit() ? 0xFF : trns.get(k) & 0xFF;
            argb[k] =
                    alpha << 24
                            | (plte.get(3 * k) & 0xFF) << 16
                            | (plte.get(3 * k + 1) & 0xFF) << 8
                            | plte.get(3 * k + 2) & 0xFF;
        }
        return Palette.of(argb);
    }

    int colours() {
        if (palette != null) {
            return palette.colours();
        }
        return header.colour() == 0 || header.colour() == 4 ? 1 : 3;
    }

    boolean hasAlpha() {
        return palette != null ? palette.hasAlpha() : header.colour() >= 4 || transparent != null;
    }

    int bands() {
        return colours() + (hasAlpha() ? 1 : 0);
    }

    /** Unpacks a row of {@code pixels} into {@code pixels × bands()}. */
    void unpack(byte[] row, int pixels, float[] out) {
        int depth = header.depth();
        if (palette != null) {
            for (int x = 0; x < pixels; x++) {
                palette.put(sample(row, x), out, x);
            }
        } else if (transparent != null) {
            keyed(row, pixels, out);
        } else if (depth == 8) {
            for (int k = 0; k < pixels * header.samples(); k++) {
                out[k] = (row[k] & 0xFF) / 255f;
            }
        } else {
            float most = (1 << depth) - 1;
            for (int k = 0; k < pixels * header.samples(); k++) {
                out[k] = sample(row, k) / most;
            }
        }
    }

    private void keyed(byte[] row, int pixels, float[] out) {
        int samples = header.samples();
        float most = (1 << header.depth()) - 1;
        for (int x = 0; x < pixels; x++) {
            boolean isKey = true;
            for (int c = 0; c < samples; c++) {
                int raw = sample(row, x * samples + c);
                isKey &= raw == transparent[c];
                out[x * (samples + 1) + c] = raw / most;
            }
            out[x * (samples + 1) + samples] = isKey ? 0 : 1;
        }
    }

    private int sample(byte[] row, int k) {
        int depth = header.depth();
        if (depth == 16) {
            return (row[2 * k] & 0xFF) << 8 | row[2 * k + 1] & 0xFF;
        }
        int bit = k * depth;
        return (row[bit >> 3] & 0xFF) >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
    }
}
