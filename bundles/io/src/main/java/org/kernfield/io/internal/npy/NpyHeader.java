package org.kernfield.io.internal.npy;

import org.kernfield.backend.ElementType;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dictionary at the beginning of a npy file.
 *
 * @param type element type
 * @param isBigEndian byte order in the file
 * @param isFortran first index fastest in the file
 * @param shape any rank
 */
record NpyHeader(ElementType type, boolean isBigEndian, boolean isFortran, long[] shape) {
    private static final Pattern DESCR = key("descr", "'([<>=|]?)([a-zA-Z]\\d+)'");
    private static final Pattern FORTRAN = key("fortran_order", "(True|False)");
    private static final Pattern SHAPE = key("shape", "\\(([0-9, ]*)\\)");

    private static Pattern key(String name, String value) {
        return Pattern.compile("['\"]" + name + "['\"] *: *" + value.replace("'", "['\"]"));
    }

    /**
     * Reads the dictionary.
     *
     * @throws IllegalArgumentException naming what is missing or not supported
     */
    static NpyHeader parse(String text) {
        Matcher descr = find(DESCR, text, "a plain element type");
        ElementType type =
                switch (descr.group(2)) {
                    case "f4" -> ElementType.F32;
                    case "f8" -> ElementType.F64;
                    case "f2" -> ElementType.F16;
                    case "u1" -> ElementType.U8;
                    case "u2" -> ElementType.U16;
                    case "i4" -> ElementType.I32;
                    case "i8" -> ElementType.I64;
                    case String other ->
                            throw new IllegalArgumentException(
                                    "element type " + other + " is not read; save it as f4 or f8");
                };
        long[] shape =
                Arrays.stream(find(SHAPE, text, "shape").group(1).split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .mapToLong(Long::parseLong)
                        .toArray();
        return new NpyHeader(
                type,
                descr.group(1).equals(">"),
                find(FORTRAN, text, "fortran_order").group(1).equals("True"),
                shape);
    }

    private static Matcher find(Pattern pattern, String text, String what) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("its header has no " + what);
        }
        return matcher;
    }

    /** The first dimension; a single number is one row. */
    long rows() {
        return shape.length == 0 ? 1 : shape[0];
    }

    /**
     * The product of the other dimensions.
     *
     * @throws ArithmeticException beyond an {@code int}
     */
    int width() {
        long width = 1;
        for (int k = 1; k < shape.length; k++) {
            width = Math.multiplyExact(width, shape[k]);
        }
        return Math.toIntExact(width);
    }

    /**
     * Bytes of data.
     *
     * @throws ArithmeticException beyond a {@code long}
     */
    long bytes() {
        return Math.multiplyExact(Math.multiplyExact(rows(), (long) width()), type.bytes());
    }
}
