package org.kernfield.splat.page;

import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.Choice;
import org.kernfield.splat.edit.Degree;
import org.kernfield.splat.edit.Ordering;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * One HTML file that shows splats by itself: the scene, packed to about 20 bytes a splat and less
 * after compression, and a program for WebGL 2 that sorts and draws it, with the mouse, touch or
 * keys to orbit and fly. Colours of degrees above 3 are left out, and splats with numbers that are
 * not finite (infinite opacities stay). It begins at view 0 of {@link Ring}.
 *
 * @param splats what is shown; one finite splat at least
 * @param title of the page
 * @param background grey level behind the scene, 0 to 1
 * @param isAntialiased whether splats that grow on the screen lose as much opacity, as those that
 *     were trained so need
 */
public record ScenePage(Splats splats, String title, double background, boolean isAntialiased) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final int BUFFER = 1 << 16;

    /** Highest degree of colours that the page draws. */
    private static final int MOST_DEGREE = 3;

    public ScenePage {
        if (!(background >= 0 && background <= 1)) {
            throw new IllegalArgumentException(
                    "background " + background + ": no grey level; give 0 to 1");
        }
        int before = splats.count();
        splats = Choice.keep(splats, new Finite(splats)::holds);
        if (splats.count() == 0) {
            throw new IllegalArgumentException(
                    "page: none of %,d splats has finite numbers; give a scene to show"
                            .formatted(before));
        }
    }

    /** Writes the page, in UTF-8. */
    public void writeTo(OutputStream out) throws IOException {
        var packing = new ScenePacking(Ordering.morton(Degree.atMost(MOST_DEGREE).apply(splats)));
        String template = resource("page.html");
        Matcher place = PLACE.matcher(template);
        int at = 0;
        while (place.find()) {
            text(template.substring(at, place.start()), out);
            fill(place.group(1), packing, out);
            at = place.end();
        }
        text(template.substring(at), out);
    }

    private void fill(String place, ScenePacking packing, OutputStream out) throws IOException {
        switch (place) {
            case "title" -> text(escaped(title), out);
            case "count" -> text(String.format(Locale.ROOT, "%,d", splats.count()), out);
            case "meta" -> text(meta(packing), out);
            case "data" -> data(packing, out);
            default -> text(resource(place + ".js"), out);
        }
    }

    private String meta(ScenePacking packing) {
        Ring ring = Ring.around(splats);
        double[] centre = ring.centre();
        return ("{\"count\": %d, \"degree\": %d, \"chunk\": %d, \"scales\": [%s, %s],"
                        + " \"reach\": %s, \"centre\": [%s, %s, %s], \"radius\": %s,"
                        + " \"background\": %s, \"antialiased\": %s}")
                .formatted(
                        packing.count(),
                        packing.degree(),
                        ScenePacking.CHUNK,
                        packing.leastScale(),
                        packing.mostScale(),
                        packing.reach(),
                        centre[0],
                        centre[1],
                        centre[2],
                        ring.radius(),
                        background,
                        isAntialiased);
    }

    private static void data(ScenePacking packing, OutputStream out) throws IOException {
        var ending = new Unclosed(out);
        try (var base64 = Base64.getEncoder().wrap(ending);
                var gzip = new GZIPOutputStream(base64, BUFFER)) {
            packing.writeTo(gzip);
        }
    }

    /** Passes everything on but the end, which the encoders need to write their last bytes. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (var in = ScenePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("page: the part " + name + " is missing; rebuild Kernfield");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
