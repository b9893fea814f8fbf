package org.kernfield.io.internal.splat;

import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.io.InputStream;

/** One section of a ksplat file: its place in the table, its buckets, its splats. */
final class KsplatSection {
    private static final float[] LOGITS = Activation.logitsOfBytes();

    /** Coefficients are kept degree by degree, and in each channel by channel. */
    private static final int[] FIRST = {0, 1, 4, 9};

    private static final double USUAL_HARMONICS = 1.5;
    private static final int USUAL_RANGE = 32767;

    private final int level;
    private final int degree;
    private final long count;
    private final long capacity;
    private final long bucketSize;
    private final long buckets;
    private final long full;
    private final long partial;
    private final int storage;
    private final double step;
    private final double range;
    private final double lowest;
    private final double highest;

    KsplatSection(byte[] table, int at, byte[] header, int level) {
        this.level = level;
        this.count = Little.u32(table, at);
        this.capacity = Little.u32(table, at + 4);
        this.bucketSize = Little.u32(table, at + 8);
        this.buckets = Little.u32(table, at + 12);
        this.storage = Little.u16(table, at + 20);
        long given = Little.u32(table, at + 24);
        this.range = given == 0 ? USUAL_RANGE : given;
        this.step = Little.f32(table, at + 16) / 2 / range;
        this.full = Little.u32(table, at + 32);
        this.partial = Little.u32(table, at + 36);
        this.degree = count == 0 ? 0 : Little.u16(table, at + 40);
        double low = Little.f32(header, 36);
        double high = Little.f32(header, 40);
        this.lowest = low == 0 ? -USUAL_HARMONICS : low;
        this.highest = high == 0 ? USUAL_HARMONICS : high;
    }

    /** Bytes of a splat without further harmonics. */
    static int leastBytes(int level) {
        return level == 0 ? 44 : 24;
    }

    private int splatBytes() {
        int rest = 3 * (Splats.coefficients(degree) - 1);
        return leastBytes(level) + rest * (level == 0 ? 4 : level == 1 ? 2 : 1);
    }

    /**
     * Reads the section's splats.
     *
     * @param first row of the first of them
     * @return the row after the last
     */
    int read(InputStream in, Splats to, int first) throws IOException {
        if (count > capacity || count > to.count() - first) {
            throw new IllegalArgumentException("a section of more splats than there is room for");
        }
        if (bucketSize == 0 && full > 0) {
            throw new IllegalArgumentException("full buckets of no splats");
        }
        byte[] sizes = Streams.exactly(in, 4 * partial);
        byte[] centres = Streams.exactly(in, buckets * storage);
        var block = new byte[splatBytes()];
        long bucket = 0;
        long left = full > 0 ? bucketSize : partial > 0 ? Little.u32(sizes, 0) : count;
        for (int k = 0; k < count; k++) {
            while (left == 0) {
                bucket++;
                if (bucket >= full + partial) {
                    throw new IllegalArgumentException("buckets that do not add up");
                }
                left = bucket < full ? bucketSize : Little.u32(sizes, (int) (4 * (bucket - full)));
            }
            left--;
            Streams.fill(in, block, block.length);
            unpack(
                    block,
                    centres,
                    (int) Math.min(bucket * storage, Integer.MAX_VALUE),
                    to,
                    first + k);
        }
        in.skipNBytes((capacity - count) * block.length);
        return first + (int) count;
    }

    private void unpack(byte[] in, byte[] centres, int bucket, Splats to, int splat) {
        int unit = level == 0 ? 4 : 2;
        for (int c = 0; c < 3; c++) {
            to.means()[3 * splat + c] =
                    level == 0
                            ? Little.f32(in, 4 * c)
                            : (float)
                                    ((Little.u16(in, 2 * c) - range) * step
                                            + Little.f32(centres, bucket + 4 * c));
            to.logScales()[3 * splat + c] = (float) Math.log(number(in, (3 + c) * unit));
        }
        for (int c = 0; c < 4; c++) {
            to.rotations()[4 * splat + c] = number(in, (6 + c) * unit);
        }
        int colour = 10 * unit;
        int sh = splat * 3 * Splats.coefficients(to.degree());
        for (int c = 0; c < 3; c++) {
            to.sh()[sh + c] = Activation.shOfColour(Little.u8(in, colour + c) / 255.0);
        }
        to.opacities()[splat] = LOGITS[Little.u8(in, colour + 3)];
        int k = 0;
        for (int l = 1; l <= degree; l++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int m = 0; m < 2 * l + 1; m++) {
                    to.sh()[sh + 3 * (FIRST[l] + m) + channel] = harmonic(in, colour + 4, k++);
                }
            }
        }
    }

    private float number(byte[] in, int at) {
        return level == 0 ? Little.f32(in, at) : Little.f16(in, at);
    }

    private float harmonic(byte[] in, int start, int k) {
        return switch (level) {
            case 0 -> Little.f32(in, start + 4 * k);
            case 1 -> Little.f16(in, start + 2 * k);
            default -> (float) (lowest + Little.u8(in, start + k) / 255.0 * (highest - lowest));
        };
    }
}
