package org.kernfield.io.internal.picture;

import org.kernfield.format.Probe;

import java.util.List;
import java.util.function.Predicate;

/** The picture formats that are read, and how each is recognised. */
public enum PictureFormat {
    PNG(h -> h.has(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'), "png"),
    JPEG(h -> h.has(0, 0xFF, 0xD8, 0xFF), "jpg", "jpeg", "jpe", "jfif"),
    GIF(h -> h.startsWith("GIF87a") || h.startsWith("GIF89a"), "gif"),
    BMP(h -> h.startsWith("BM"), "bmp", "dib"),
    TIFF(
            h ->
                    h.has(0, 'I', 'I', 42, 0)
                            || h.has(0, 'M', 'M', 0, 42)
                            || h.has(0, 'I', 'I', 43, 0)
                            || h.has(0, 'M', 'M', 0, 43),
            "tif",
            "tiff"),
    WEBP(h -> h.startsWith("RIFF") && h.has(8, 'W', 'E', 'B', 'P'), "webp"),
    PSD(h -> h.startsWith("8BPS"), "psd", "psb"),
    PNM(h -> h.has(0, 'P') && hasPnmType(h), "ppm", "pgm", "pbm", "pnm", "pam"),
    /** Without a mark of its own: the name decides, the picture type must be a known one. */
    TGA(h -> h.endsWith("tga") && hasTgaType(h), "tga"),
    /** Without a mark of its own: the name decides, the type must be 0. */
    WBMP(h -> h.endsWith("wbmp") && h.has(0, 0, 0), "wbmp");

    private final Predicate<Probe> recognised;
    private final List<String> extensions;

    PictureFormat(Predicate<Probe> recognised, String... extensions) {
        this.recognised = recognised;
        this.extensions = List.of(extensions);
    }

    boolean accepts(Probe head) {
        return recognised.test(head);
    }

    List<String> extensions() {
        return extensions;
    }

    private static boolean hasPnmType(Probe h) {
        return h.head().length > 3
                && h.head()[1] >= '1'
                && h.head()[1] <= '7'
                && Character.isWhitespace(h.head()[2]);
    }

    private static boolean hasTgaType(Probe h) {
        return h.head().length > 18 && List.of(1, 2, 3, 9, 10, 11).contains((int) h.head()[2]);
    }
}
