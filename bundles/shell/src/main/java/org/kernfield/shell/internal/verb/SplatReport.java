package org.kernfield.shell.internal.verb;

import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Table;
import org.kernfield.splat.inspect.Oddities;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What there is to say about a splat scene: how much, where, how opaque, how large, what is odd.
 */
final class SplatReport {
    private static final int OPACITY_BINS = 10;

    /** Scales are counted in decades, from 10^−6 to 10^2 and beyond. */
    private static final int LOWEST_DECADE = -6;

    private static final int HIGHEST_DECADE = 2;

    private final Splats splats;
    private final float[] low = new float[3];
    private final float[] high = new float[3];

    SplatReport(Splats splats) {
        this.splats = splats;
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (int k = 0; k < splats.means().length; k++) {
            float x = splats.means()[k];
            if (Float.isFinite(x)) {
                low[k % 3] = Math.min(low[k % 3], x);
                high[k % 3] = Math.max(high[k % 3], x);
            }
        }
    }

    Facts facts(String format) {
        Map<String, Object> fields =
                Facts.map(
                        "kind", "splats",
                        "format", format,
                        "count", splats.count(),
                        "shDegree", splats.degree(),
                        "bounds", List.of(boxed(low), boxed(high)),
                        "opacities", opacities(),
                        "logScales", scales(),
                        "properties", List.copyOf(splats.extra().keySet()),
                        "problems", Oddities.of(splats));
        return new Facts(fields, text(fields));
    }

    private static List<Float> boxed(float[] values) {
        return List.of(values[0], values[1], values[2]);
    }

    private String text(Map<String, Object> fields) {
        var table = new Table("");
        table.row("kind", "splats");
        table.row("format", fields.get("format").toString());
        table.row("count", "%,d".formatted(splats.count()));
        table.row("degree of colour", Integer.toString(splats.degree()));
        for (int c = 0; c < 3; c++) {
            table.row("xyz".substring(c, c + 1), "%.5g to %.5g".formatted(low[c], high[c]));
        }
        table.row("opacity 0 to 1", bars(opacities()));
        table.row("scale 10^-6 to 10^2", bars(scales()));
        splats.extra().keySet().forEach(name -> table.row("property", name));
        ((List<?>) fields.get("problems"))
                .forEach(problem -> table.row("looks wrong", problem.toString()));
        return table.toString();
    }

    /** One sign a bin, as high as its share of the fullest. */
    private static String bars(List<Integer> counts) {
        int most = Math.max(1, counts.stream().max(Integer::compare).orElse(1));
        var bars = new StringBuilder();
        for (int count : counts) {
            bars.append(" ▁▂▃▄▅▆▇█".charAt((int) Math.ceil(8.0 * count / most)));
        }
        return "[" + bars + "]";
    }

    /** Splats in tenths of opacity, those without a number left out. */
    private List<Integer> opacities() {
        var counts = new int[OPACITY_BINS];
        for (float logit : splats.opacities()) {
            if (!Float.isNaN(logit)) {
                double opacity = 1 / (1 + Math.exp(-logit));
                counts[Math.min(OPACITY_BINS - 1, (int) (OPACITY_BINS * opacity))]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /** Scales in decades; the first and the last bin take what is beyond. */
    private List<Integer> scales() {
        int bins = HIGHEST_DECADE - LOWEST_DECADE + 2;
        var counts = new int[bins];
        for (float scale : splats.logScales()) {
            if (!Float.isNaN(scale)) {
                double decade = Math.floor(scale / Math.log(10)) - LOWEST_DECADE + 1;
                counts[(int) Math.clamp(decade, 0, bins - 1)]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }
}
