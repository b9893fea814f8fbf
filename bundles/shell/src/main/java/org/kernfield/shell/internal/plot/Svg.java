package org.kernfield.shell.internal.plot;

import java.util.Locale;

/** Writes drawings as SVG 1.1. */
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    /** The whole text of a file. */
    public static String of(Drawing drawing) {
        var svg = new Svg();
        svg.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                        + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\">\n",
                drawing.width(), drawing.height());
        svg.add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n");
        drawing.shapes().forEach(svg::shape);
        return svg.out.append("</svg>\n").toString();
    }

    private void add(String format, Object... values) {
        out.append(format.formatted(values));
    }

    private void shape(Shape shape) {
        switch (shape) {
            case Shape.Line(double[] points, Ink ink, double width) ->
                    add(
                            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\""
                                    + " stroke-opacity=\"%s\" stroke-width=\"%s\""
                                    + " stroke-linejoin=\"round\"/>\n",
                            list(points), colour(ink), number(ink.opacity()), number(width));
            case Shape.Area(double[] points, Ink ink) ->
                    add(
                            "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>\n",
                            list(points), colour(ink), number(ink.opacity()));
            case Shape.Disc(double x, double y, double radius, Ink ink, Ink edge) ->
                    add(
                            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" fill-opacity=\"%s\""
                                    + " stroke=\"%s\" stroke-opacity=\"%s\"/>\n",
                            number(x),
                            number(y),
                            number(radius),
                            colour(ink),
                            number(ink.opacity()),
                            colour(edge),
                            number(edge.opacity()));
            case Shape.Words words -> words(words);
        }
    }

    private void words(Shape.Words words) {
        String place = "x=\"%s\" y=\"%s\"".formatted(number(words.x()), number(words.y()));
        String turn =
                words.isUpright()
                        ? ""
                        : " transform=\"rotate(-90 %s %s)\""
                                .formatted(number(words.x()), number(words.y()));
        add(
                "<text %s%s font-size=\"%s\"%s text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
                place,
                turn,
                number(words.size()),
                words.isBold() ? " font-weight=\"bold\"" : "",
                words.anchor().name().toLowerCase(Locale.ROOT),
                colour(Ink.DARK),
                escaped(words.text()));
    }

    private static String list(double[] points) {
        var text = new StringBuilder();
        for (int k = 0; k < points.length; k += 2) {
            text.append(k == 0 ? "" : " ").append(number(points[k]));
            text.append(',').append(number(points[k + 1]));
        }
        return text.toString();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String colour(Ink ink) {
        return "#%06x".formatted(ink.rgb());
    }

    /** Text as XML has it; what XML has no way to write is left out. */
    private static String escaped(String text) {
        var safe = new StringBuilder();
        text.codePoints()
                .filter(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF && !isSurrogate(c))
                .forEach(
                        c -> {
                            switch (c) {
                                case '<' -> safe.append("&lt;");
                                case '>' -> safe.append("&gt;");
                                case '&' -> safe.append("&amp;");
                                default -> safe.appendCodePoint(c);
                            }
                        });
        return safe.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
