package org.kernfield.io.internal.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks at colour profiles before a reader does that makes room for as many bytes as a profile says
 * it has.
 */
final class ProfileClaims {
    /** "acsp", at byte 36 of a profile (ICC.1:2022, 7.2.11). */
    private static final int SIGNATURE = 0x61637370;

    private static final int SIGNATURE_AT = 36;

    /** "ICCP", little-endian. */
    private static final int ICCP = 0x50434349;

    /** "8BIM". */
    private static final int RESOURCE = 0x3842494D;

    private static final int PSD_PROFILE = 1039;
    private static final int PSD_HEADER = 26;

    private ProfileClaims() {}

    /**
     * @throws IllegalArgumentException if the profile of a WebP or PSD file claims more than the
     *     file holds
     */
    static void check(PictureFormat format, byte[] file) {
        if (format == PictureFormat.WEBP) {
            var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer chunk = RiffChunks.first(in, ICCP);
            if (chunk != null) {
                check(chunk.order(ByteOrder.BIG_ENDIAN), file.length);
            }
        } else if (format == PictureFormat.PSD) {
            checkResources(ByteBuffer.wrap(file));
        }
    }

    /**
     * @param profile what stands where a profile begins
     * @param most bytes of its file
     */
    static void check(ByteBuffer profile, int most) {
        if (profile.limit() < SIGNATURE_AT + 4 || profile.getInt(SIGNATURE_AT) != SIGNATURE) {
            return;
        }
        long claimed = profile.getInt(0) & 0xFFFFFFFFL;
        if (claimed > most) {
            throw new IllegalArgumentException(
                    "its colour profile claims %,d bytes, and the file has %,d"
                            .formatted(claimed, most));
        }
    }

    /** Colour data, then resources: signature, number, padded name, size, padded content. */
    private static void checkResources(ByteBuffer in) {
        long at = PSD_HEADER;
        at = at + 4 <= in.limit() ? at + 4 + unsigned(in, at) : in.limit();
        if (at + 4 > in.limit()) {
            return;
        }
        long end = Math.min(in.limit(), at + 4 + unsigned(in, at));
        at += 4;
        while (at + 12 <= end && in.getInt((int) at) == RESOURCE) {
            int number = in.getShort((int) at + 4) & 0xFFFF;
            long size = at + 6 + (in.get((int) at + 6) & 0xFF) + 1;
            size += size - at & 1;
            if (size + 4 > end) {
                return;
            }
            long content = size + 4;
            if (number == PSD_PROFILE) {
                check(in.slice((int) content, (int) (end - content)), in.limit());
            }
            long length = unsigned(in, size);
            at = content + length + (length & 1);
        }
    }

    private static long unsigned(ByteBuffer in, long at) {
        return in.getInt((int) at) & 0xFFFFFFFFL;
    }
}
