package org.kernfield.shell.internal.bench;

import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.RadialProfile;

import java.util.SplittableRandom;

/** exp(−|x − p|²/2ℓ²), and points to take it between. */
final class Gaussians {
    /** Multiplying operations of an exponential: a polynomial of degree 5, and the weighting. */
    static final int EXP_MULTIPLICATIONS = 6;

    /** The rest: bound, rounding, what is left, exponent. */
    static final int EXP_OTHERS = 6;

    private Gaussians() {}

    static Kernel kernel(int dimensions, double lengthscale, Precision precision) {
        return kernel(dimensions, lengthscale, precision, 1);
    }

    /** The same with some columns of weights. */
    static Kernel kernel(int dimensions, double lengthscale, Precision precision, int columns) {
        var k = Kernel.build("gaussian").precision(precision);
        var x = k.input("x", dimensions);
        var p = k.param("p", dimensions);
        var s = dimensions > 4 ? x.sqdist(p) : x.minus(p).squaredNorm();
        k.output(
                "value",
                s.times(1 / (lengthscale * lengthscale)).radial(new RadialProfile.Gaussian()));
        return k.done().weighted(columns);
    }

    /** Multiplying operations of a pair. */
    static int multiplications(int dimensions) {
        return dimensions + EXP_MULTIPLICATIONS;
    }

    /** The pair's other operations: differences, or for many dimensions the norms. */
    static int others(int dimensions) {
        return Math.min(dimensions, 2) + (dimensions == 3 ? 1 : 0) + EXP_OTHERS;
    }

    static double[] uniform(long seed, int count, double low, double high) {
        return new SplittableRandom(seed).doubles(count, low, high).toArray();
    }
}
