package org.kernfield.gp.kde;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Report;
import org.kernfield.field.State;
import org.kernfield.numerics.Lbfgsb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks for bandwidths. A step is one evaluation of the likelihood, or one column's plug-in. Tables
 * of more than 8,192 rows are looked at through as many, taken at equal distances, and bandwidths
 * then narrowed by the rate n^(−1/(d+4)).
 */
final class KdeFit implements Fit {
    private static final int MOST = 8192;

    /** Bandwidths stay within this factor of the formula for normal data. */
    private static final double REACH = 1e3;

    /** How near the end of its range a bandwidth counts as there, of its logarithm. */
    private static final double END = 1e-3;

    private static final Lbfgsb.Stop STOP = new Lbfgsb.Stop(1e-5, 1e-9, 200);

    private final Columns data;
    private final String rule;
    private final double[] points;
    private final double[] start;
    private final Lbfgsb optimiser;
    private int columnsDone;

    KdeFit(Columns data, String rule) {
        this.data = data;
        this.rule = rule;
        points = thinned(data);
        int d = data.count();
        start = new double[d];
        var lower = new double[d];
        var upper = new double[d];
        for (int k = 0; k < d; k++) {
            start[k] = PlugIn.normal(data.deviations()[k], points.length / d, d);
            lower[k] = Math.log(start[k] / REACH);
            upper[k] = Math.log(start[k] * REACH);
        }
        var logs = new double[d];
        for (int k = 0; k < d; k++) {
            logs[k] = Math.log(start[k]);
        }
        optimiser = new Lbfgsb(logs, lower, upper, STOP);
    }

    private static double[] thinned(Columns data) {
        int rows = data.rows();
        int d = data.count();
        if (rows <= MOST) {
            return data.points();
        }
        var some = new double[MOST * d];
        for (int i = 0; i < MOST; i++) {
            int from = (int) ((long) i * rows / MOST);
            System.arraycopy(data.points(), from * d, some, i * d, d);
        }
        return some;
    }

    @Override
    public void step(Compute compute) {
        if (isDone()) {
            return;
        }
        if (rule.equals(KdeRepresentation.PLUG_IN)) {
            plugIn(compute);
            return;
        }
        double[] logs = optimiser.point();
        var h = new double[logs.length];
        for (int k = 0; k < h.length; k++) {
            h[k] = Math.exp(logs[k]);
        }
        var at = LeaveOneOut.of(points, h, compute);
        var descent = at.gradient().clone();
        for (int k = 0; k < descent.length; k++) {
            descent[k] = -descent[k];
        }
        optimiser.advance(-at.value(), descent);
    }

    private void plugIn(Compute compute) {
        int d = data.count();
        int k = columnsDone++;
        var column = new double[points.length / d];
        for (int i = 0; i < column.length; i++) {
            column[i] = points[i * d + k];
        }
        start[k] = PlugIn.direct(column, data.deviations()[k], d, compute);
    }

    @Override
    public boolean isDone() {
        return switch (rule) {
            case KdeRepresentation.LIKELIHOOD -> optimiser.isDone();
            case KdeRepresentation.PLUG_IN -> columnsDone == data.count();
            default -> true;
        };
    }

    @Override
    public double progress() {
        return switch (rule) {
            case KdeRepresentation.LIKELIHOOD -> optimiser.progress();
            case KdeRepresentation.PLUG_IN -> (double) columnsDone / data.count();
            default -> 1;
        };
    }

    /** The bandwidths so far, for all rows of the table. */
    private double[] bandwidths() {
        int d = data.count();
        double narrower = PlugIn.normal(1, data.rows(), d) / PlugIn.normal(1, points.length / d, d);
        boolean isSearched =
                rule.equals(KdeRepresentation.LIKELIHOOD) && optimiser.evaluations() > 0;
        double[] best = isSearched ? optimiser.best() : null;
        var h = new double[d];
        for (int k = 0; k < d; k++) {
            h[k] = narrower * (isSearched ? Math.exp(best[k]) : start[k]);
        }
        return h;
    }

    /** Equal rows make the likelihood of the narrowest bandwidth the largest. */
    private boolean hasCollapsed() {
        if (!rule.equals(KdeRepresentation.LIKELIHOOD)) {
            return false;
        }
        double[] best = optimiser.best();
        for (int k = 0; k < best.length; k++) {
            if (best[k] <= Math.log(start[k] / REACH) + END) {
                return true;
            }
        }
        return false;
    }

    @Override
    public State state(Compute compute) {
        return new State(
                Map.of(
                        "bandwidths", Array.of(1, start),
                        "optimiser", Array.of(1, optimiser.memory())),
                Map.of("columns", Integer.toString(columnsDone)));
    }

    @Override
    public void restore(State state, Compute compute) {
        columnsDone = (int) state.integer("columns");
        for (int k = 0; k < start.length; k++) {
            start[k] = state.array("bandwidths").get(k);
        }
        Array memory = state.array("optimiser");
        var numbers = new double[(int) memory.elements()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = memory.get(k);
        }
        optimiser.restore(numbers);
    }

    @Override
    public Metrics metrics() {
        boolean isKnown = optimiser.evaluations() > 0;
        return isKnown ? Metrics.of("logDensity", -optimiser.value()) : Metrics.none();
    }

    @Override
    public Model finish(Compute compute) {
        double[] h = bandwidths();
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("points", Array.of(data.count(), data.points()));
        arrays.put("bandwidths", Array.of(data.count(), h));
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("columns", Integer.toString(data.count()));
        metadata.put("names", String.join("\n", data.names()));
        metadata.put("bandwidth", rule);
        var model =
                new Model(
                        KdeRepresentation.NAME,
                        KdeRepresentation.VERSION,
                        "table",
                        arrays,
                        metadata);
        return model.with(report(h, new KdeField(model), compute).metadata());
    }

    private Report report(double[] h, KdeField field, Compute compute) {
        Regime regime = Regime.of(points, h, compute);
        var lines = new ArrayList<String>();
        if (hasCollapsed()) {
            lines.add(
                    "a bandwidth ran to the end of its range, as it does where rows repeat: the"
                            + " density is no estimate; use bandwidth=plugin");
        } else {
            lines.add(regime.line());
        }
        if (data.missing() > 0) {
            lines.add(data.missing() + " rows with missing cells were left out");
        }
        var figures = new LinkedHashMap<String, Double>();
        figures.put("participation", regime.participation());
        figures.put("largestShare", regime.largestShare());
        for (int k = 0; k < h.length; k++) {
            lines.add("bandwidth of %s: %.4g".formatted(data.names().get(k), h[k]));
        }
        if (data.held().length > 0) {
            double[] logs = field.logDensities(data.held(), compute);
            double mean = java.util.Arrays.stream(logs).average().orElse(Double.NaN);
            figures.put("heldLogDensity", mean);
            lines.add("mean log density of the rows held out: %.4f".formatted(mean));
        }
        return new Report(lines, figures);
    }
}
