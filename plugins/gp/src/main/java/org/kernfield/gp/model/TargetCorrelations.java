package org.kernfield.gp.model;

import org.kernfield.gp.BoundCovariance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** How the functions behind several targets vary together at one place, the mean of the rows. */
final class TargetCorrelations {
    /**
     * Two targets.
     *
     * @param correlation −1 to 1
     */
    record Pair(int first, int second, double correlation) {}

    private TargetCorrelations() {}

    /**
     * All pairs that are not independent, the most correlated first.
     *
     * @param k of several outputs, of inputs in standard units
     */
    static List<Pair> of(BoundCovariance k) {
        int p = k.outputs();
        var pairs = new ArrayList<Pair>();
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < a; b++) {
                double scale = Math.sqrt(covariance(k, a, a) * covariance(k, b, b));
                double correlation = covariance(k, b, a) / scale;
                if (Double.isFinite(correlation) && correlation != 0) {
                    pairs.add(new Pair(b, a, correlation));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(pair -> -Math.abs(pair.correlation())));
        return pairs;
    }

    private static double covariance(BoundCovariance k, int first, int second) {
        var slots = new HashMap<>(k.uniforms());
        var x = new double[k.width()];
        x[k.dimension()] = first;
        var y = new double[k.width()];
        y[k.dimension()] = second;
        slots.put(BoundCovariance.X, x);
        slots.put(BoundCovariance.Y, y);
        return k.signal().program().evaluate(slots)[0];
    }
}
