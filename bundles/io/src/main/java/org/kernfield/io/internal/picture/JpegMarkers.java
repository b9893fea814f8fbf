package org.kernfield.io.internal.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * What the segments of a JPEG say (ITU-T T.81, annex B).
 *
 * @param components in a frame; 0 if there is no frame header
 * @param adobeTransform of an Adobe segment: 0 none, 1 YCbCr, 2 YCCK; −1 without such a segment
 * @param orientation of {@link Exif}
 * @param profile an ICC profile, empty without one
 * @param isComplete whether the file reaches its end marker; decoders make up what is missing
 */
record JpegMarkers(
        int components, int adobeTransform, int orientation, byte[] profile, boolean isComplete) {
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int SOS = 0xDA;
    private static final int EOI = 0xD9;

    /**
     * @throws IllegalArgumentException if a profile claims more than the file holds
     */
    static JpegMarkers of(byte[] file) {
        int components = 0;
        int transform = -1;
        int orientation = 1;
        var parts = new TreeMap<Integer, byte[]>();
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
            if (marker == SOS || length < 2 || at + 2 + length > file.length) {
                break;
            }
            var content = ByteBuffer.wrap(file).slice(at + 4, length - 2);
            int size = content.limit();
            if (isFrame(marker) && size >= 6) {
                components = content.get(5) & 0xFF;
            } else if (marker == APP1 && starts(content, "Exif\0\0")) {
                orientation = Exif.orientation(content.slice(6, size - 6));
            } else if (marker == APP14 && starts(content, "Adobe") && size >= 12) {
                transform = content.get(11) & 0xFF;
            } else if (marker == APP2 && starts(content, "ICC_PROFILE\0") && size > 14) {
                int from = at + 4 + 14;
                ProfileClaims.check(content.slice(14, size - 14), file.length);
                parts.put(content.get(12) & 0xFF, Arrays.copyOfRange(file, from, from + size - 14));
            }
            at += 2 + length;
        }
        var profile = new ByteArrayOutputStream();
        parts.values().forEach(profile::writeBytes);
        return new JpegMarkers(
                components, transform, orientation, profile.toByteArray(), reachesEnd(file, at));
    }

    /** Whether the scans and segments from {@code at} on lead to an end marker. */
    private static boolean reachesEnd(byte[] file, int at) {
        while (at + 1 < file.length) {
            int marker = file[at + 1] & 0xFF;
            if ((file[at] & 0xFF) != 0xFF || isPartOfScan(marker)) {
                at++;
            } else if (marker == EOI) {
                return true;
            } else if (at + 3 < file.length) {
                at += 2 + Math.max(2, (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
            } else {
                return false;
            }
        }
        return false;
    }

    /** A stuffed zero, a restart or a fill byte. */
    private static boolean isPartOfScan(int marker) {
        return marker == 0 || marker == 0xFF || marker >= 0xD0 && marker <= 0xD7 || marker == 1;
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static boolean starts(ByteBuffer content, String text) {
        var start = text.getBytes(StandardCharsets.ISO_8859_1);
        return content.limit() >= start.length
                && content.slice(0, start.length).equals(ByteBuffer.wrap(start));
    }
}
