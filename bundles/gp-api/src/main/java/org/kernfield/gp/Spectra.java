package org.kernfield.gp;

import java.util.ArrayList;
import java.util.List;

/**
 * How the angular frequencies of the catalogue's stationary functions are distributed.
 *
 * <p>Sources: A. Rahimi, B. Recht, Random features for large-scale kernel machines (2007), theorem
 * 1; C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006), section
 * 4.2.1, for Matérn's functions, whose spectrum is Student's t of 2ν degrees of freedom, and the
 * rational quadratic one, a gamma mixture of Gaussians.
 */
final class Spectra {
    private Spectra() {}

    /**
     * @param columns that the function looks at
     * @throws IllegalArgumentException for one that is not stationary, or whose spectrum is not
     *     known here
     */
    static Spectrum of(BasicCovariance k, int[] columns) {
        String name = k.family().name();
        return switch (name) {
            case Families.WHITE -> new Spectrum(List.of());
            case "constant" -> Spectrum.constant(k.number("value"));
            case "rbf" -> Spectrum.of(1, gaussian(k, columns, random -> 1));
            case "matern12", "matern32", "matern52", "matern72", "matern92" ->
                    Spectrum.of(1, matern(k, columns, (name.charAt(6) - '0') / 2.0));
            case "matern" -> Spectrum.of(1, matern(k, columns, k.number("nu")));
            case "rq" -> Spectrum.of(1, rationalQuadratic(k, columns));
            case "cosine" -> Spectrum.of(1, cosine(k, columns));
            case "periodic" -> Spectrum.of(1, periodic(k, columns));
            case "spectral" -> mixture(k, columns, random -> 1);
            case "spectralt" -> mixture(k, columns, random -> root(2.5, random));
            default -> throw unknown(name);
        };
    }

    static IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException(
                what + ": its draws are no sum of waves; draw jointly, or fit a stationary kernel");
    }

    /** What normal frequencies are multiplied by. */
    @FunctionalInterface
    private interface Spread {
        double draw(RandomNumbers random);
    }

    private static Spectrum.Frequency gaussian(BasicCovariance k, int[] columns, Spread spread) {
        double[] lengths = k.numbers(ParameterSpec.LENGTHSCALE);
        return (random, to) -> normal(random, spread.draw(random), lengths, 0, columns, to);
    }

    private static void normal(
            RandomNumbers random,
            double spread,
            double[] lengths,
            int first,
            int[] columns,
            double[] to) {
        for (int c = 0; c < columns.length; c++) {
            to[columns[c]] += spread * random.normal() / of(lengths, first + c);
        }
    }

    /** One number for all columns, or one for each. */
    private static double of(double[] numbers, int column) {
        return numbers.length == 1 ? numbers[0] : numbers[column];
    }

    private static Spectrum.Frequency matern(BasicCovariance k, int[] columns, double nu) {
        return gaussian(k, columns, random -> root(nu, random));
    }

    /** √(2ν/χ²) of 2ν degrees of freedom. */
    private static double root(double nu, RandomNumbers random) {
        return Math.sqrt(nu / random.gamma(nu));
    }

    private static Spectrum.Frequency rationalQuadratic(BasicCovariance k, int[] columns) {
        double alpha = k.number("alpha");
        return gaussian(k, columns, random -> Math.sqrt(random.gamma(alpha) / alpha));
    }

    private static Spectrum.Frequency cosine(BasicCovariance k, int[] columns) {
        double[] periods = k.numbers("period");
        return (random, to) -> {
            double turn = turn(random);
            for (int c = 0; c < columns.length; c++) {
                to[columns[c]] += turn / of(periods, c);
            }
        };
    }

    /** 2π or −2π: frequencies of a product are added, which takes both of cos(−ωτ) = cos(ωτ). */
    private static double turn(RandomNumbers random) {
        return random.uniform() < 0.5 ? -2 * Math.PI : 2 * Math.PI;
    }

    /**
     * exp((cos θ − 1)/l²) is E cos(jθ) for j the difference of two Poisson numbers of mean ½/l².
     */
    private static Spectrum.Frequency periodic(BasicCovariance k, int[] columns) {
        double[] periods = k.numbers("period");
        double[] lengths = k.numbers(ParameterSpec.LENGTHSCALE);
        return (random, to) -> {
            for (int c = 0; c < columns.length; c++) {
                double mean = 0.5 / (of(lengths, c) * of(lengths, c));
                long harmonic = random.poisson(mean) - random.poisson(mean);
                to[columns[c]] += 2 * Math.PI * harmonic / of(periods, c);
            }
        };
    }

    private static Spectrum mixture(BasicCovariance k, int[] columns, Spread spread) {
        double[] weights = k.numbers("weight");
        double[] frequencies = k.numbers("frequency");
        double[] lengths = k.numbers(ParameterSpec.LENGTHSCALE);
        var terms = new ArrayList<Spectrum.Term>();
        for (int q = 0; q < weights.length; q++) {
            int first = q * columns.length;
            Spectrum.Frequency frequency =
                    (random, to) -> {
                        normal(random, spread.draw(random), lengths, first, columns, to);
                        double turn = turn(random);
                        for (int c = 0; c < columns.length; c++) {
                            to[columns[c]] += turn * of(frequencies, first + c);
                        }
                    };
            terms.add(new Spectrum.Term(weights[q], null, List.of(frequency)));
        }
        return new Spectrum(terms);
    }
}
