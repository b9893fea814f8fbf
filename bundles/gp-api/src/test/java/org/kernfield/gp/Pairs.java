package org.kernfield.gp;

import org.kernfield.kernel.Kernel;

import java.util.HashMap;
import java.util.Map;

/** Values of a bound covariance's kernels in float64. */
final class Pairs {
    private Pairs() {}

    static double signal(BoundCovariance covariance, double[] x, double[] y) {
        return evaluate(covariance, covariance.signal(), x, y)[0];
    }

    static double diagonal(BoundCovariance covariance, double[] x) {
        return evaluate(covariance, covariance.diagonal(), x, x)[0];
    }

    static double noise(BoundCovariance covariance, double[] x) {
        return covariance.noise().map(k -> evaluate(covariance, k, x, x)[0]).orElse(0.0);
    }

    /** The derivative of the signal by each uniform, by slot. */
    static Map<String, double[]> gradient(BoundCovariance covariance, double[] x, double[] y) {
        var gradient = new HashMap<String, double[]>();
        for (String slot : covariance.uniforms(covariance.signal()).keySet()) {
            gradient.put(slot, evaluate(covariance, covariance.signal().jacobian(slot), x, y));
        }
        return gradient;
    }

    static double[] evaluate(BoundCovariance covariance, Kernel kernel, double[] x, double[] y) {
        var slots = new HashMap<>(covariance.uniforms());
        slots.put(BoundCovariance.X, x);
        slots.put(BoundCovariance.Y, y);
        return kernel.program().evaluate(slots);
    }
}
