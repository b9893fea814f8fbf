package org.kernfield.shell.internal.verb;

import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Table;

import java.util.ArrayList;
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

    /** A splat larger than this many times the scene is a mistake rather than a sky. */
    private static final double HUGE = 10;

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
                        "problems", problems());
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
        problems().forEach(problem -> table.row("looks wrong", problem));
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

    private List<String> problems() {
        var problems = new ArrayList<String>();
        tell(problems, "with a position that is no number", splats.means(), 3);
        tell(problems, "with a colour that is no number", splats.sh(), width());
        tell(problems, "with a rotation that is no number", splats.rotations(), 4);
        int noScale = 0;
        int noOpacity = 0;
        int noRotation = 0;
        int huge = 0;
        double largest = Math.log(HUGE * Math.max(diagonal(), Float.MIN_NORMAL));
        for (int k = 0; k < splats.count(); k++) {
            float scale = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < 3; c++) {
                // NaN stays NaN
                scale = Math.max(scale, splats.logScales()[3 * k + c]);
            }
            noScale += Float.isNaN(scale) ? 1 : 0;
            huge += splats.count() > 1 && scale > largest ? 1 : 0;
            noOpacity += Float.isNaN(splats.opacities()[k]) ? 1 : 0;
            noRotation += norm(k) == 0 ? 1 : 0;
        }
        tell(problems, noScale, "with a scale that is no number");
        tell(problems, noOpacity, "with an opacity that is no number");
        tell(problems, noRotation, "with a rotation of length 0");
        tell(problems, huge, "more than ten times as large as the scene");
        return problems;
    }

    private int width() {
        return 3 * Splats.coefficients(splats.degree());
    }

    private double norm(int splat) {
        double sum = 0;
        for (int c = 0; c < 4; c++) {
            sum += Math.abs(splats.rotations()[4 * splat + c]);
        }
        return sum;
    }

    private double diagonal() {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += high[c] > low[c] ? Math.pow((double) high[c] - low[c], 2) : 0;
        }
        return Math.sqrt(sum);
    }

    private static void tell(List<String> problems, String what, float[] values, int width) {
        int count = 0;
        for (int row = 0; row < values.length; row += width) {
            for (int c = 0; c < width; c++) {
                if (!Float.isFinite(values[row + c])) {
                    count++;
                    break;
                }
            }
        }
        tell(problems, count, what);
    }

    private static void tell(List<String> problems, int count, String what) {
        if (count > 0) {
            problems.add("%,d %s %s".formatted(count, count == 1 ? "splat" : "splats", what));
        }
    }
}
