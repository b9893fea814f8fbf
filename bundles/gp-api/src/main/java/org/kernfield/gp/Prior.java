package org.kernfield.gp;

import java.util.List;

/** A distribution of a hyper-parameter, as a density of its value (not of its coordinate). */
public sealed interface Prior {
    /** Logarithm of the density without its constant. */
    double logDensity(double value);

    /** Derivative of {@link #logDensity} by the value. */
    double slope(double value);

    /** How it is written, {@code normal(0.0, 1.0)}. */
    String text();

    /** −(v − mean)²/2σ². */
    record Normal(double mean, double deviation) implements Prior {
        public Normal {
            requirePositive("normal", "deviation", deviation);
        }

        @Override
        public double logDensity(double value) {
            double z = (value - mean) / deviation;
            return -0.5 * z * z;
        }

        @Override
        public double slope(double value) {
            return -(value - mean) / (deviation * deviation);
        }

        @Override
        public String text() {
            return "normal(" + mean + ", " + deviation + ")";
        }
    }

    /** −(log v − mean)²/2σ² − log v: the logarithm is normal. */
    record LogNormal(double mean, double deviation) implements Prior {
        public LogNormal {
            requirePositive("lognormal", "deviation", deviation);
        }

        @Override
        public double logDensity(double value) {
            double z = (Math.log(value) - mean) / deviation;
            return -0.5 * z * z - Math.log(value);
        }

        @Override
        public double slope(double value) {
            return -((Math.log(value) - mean) / (deviation * deviation) + 1) / value;
        }

        @Override
        public String text() {
            return "lognormal(" + mean + ", " + deviation + ")";
        }
    }

    /** (a − 1) log v − b v, of mean a/b. */
    record Gamma(double shape, double rate) implements Prior {
        public Gamma {
            requirePositive("gamma", "shape", shape);
            requirePositive("gamma", "rate", rate);
        }

        @Override
        public double logDensity(double value) {
            return (shape - 1) * Math.log(value) - rate * value;
        }

        @Override
        public double slope(double value) {
            return (shape - 1) / value - rate;
        }

        @Override
        public String text() {
            return "gamma(" + shape + ", " + rate + ")";
        }
    }

    /** −(a + 1) log v − b/v: the reciprocal has a gamma distribution. */
    record InverseGamma(double shape, double scale) implements Prior {
        public InverseGamma {
            requirePositive("invgamma", "shape", shape);
            requirePositive("invgamma", "scale", scale);
        }

        @Override
        public double logDensity(double value) {
            return -(shape + 1) * Math.log(value) - scale / value;
        }

        @Override
        public double slope(double value) {
            return (-(shape + 1) + scale / value) / value;
        }

        @Override
        public String text() {
            return "invgamma(" + shape + ", " + scale + ")";
        }
    }

    /** Names of the distributions in text. */
    List<String> NAMES = List.of("normal", "lognormal", "gamma", "invgamma");

    /**
     * The distribution called {@code name}.
     *
     * @throws IllegalArgumentException for a number that it cannot have
     */
    static Prior of(String name, double first, double second) {
        return switch (name) {
            case "normal" -> new Normal(first, second);
            case "lognormal" -> new LogNormal(first, second);
            case "gamma" -> new Gamma(first, second);
            case "invgamma" -> new InverseGamma(first, second);
            default -> throw new IllegalArgumentException(name + ": no prior; use one of " + NAMES);
        };
    }

    private static void requirePositive(String prior, String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    prior + ": " + what + " is " + value + "; use a number above 0");
        }
    }
}
