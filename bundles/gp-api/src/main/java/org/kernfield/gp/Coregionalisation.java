package org.kernfield.gp;

import java.util.ArrayList;
import java.util.List;

/**
 * Covariance functions of several outputs made from one of a single output: the noise of each
 * output has a variance of its own, and matrices B = WWᵀ + diag(κ) say how outputs vary together. A
 * function that has {@code coregion} already is left as it is; so is noise that is fixed, bounded
 * or has a prior, and a factor that is.
 *
 * <p>Source: M. A. Álvarez, L. Rosasco, N. D. Lawrence, Kernels for vector-valued functions (2012),
 * sections 4.2.1 and 4.2.2.
 */
public final class Coregionalisation {
    /** What a second copy's length scales are, as a share of the first's. */
    private static final double SHORTER = 1.0 / 3;

    private Coregionalisation() {}

    /**
     * The intrinsic model, B·k(x, y) with one matrix for all of k.
     *
     * @param rank columns of W
     */
    public static Covariance intrinsic(Covariance k, int rank) {
        if (isCoregional(k)) {
            return k;
        }
        var terms = new ArrayList<Covariance>();
        var noise = new ArrayList<Covariance>();
        split(k, terms, noise);
        if (!terms.isEmpty()) {
            Covariance signal = SumCovariance.of(terms);
            noise.addFirst(matrix(rank).times(terms.size() == 1 ? withoutScale(signal) : signal));
        }
        return SumCovariance.of(noise);
    }

    /**
     * The linear model, Σ_q B_q·k_q(x, y) over the terms of a sum; a function of one term comes
     * twice, with shorter length scales the second time.
     *
     * @param rank columns of each W_q
     */
    public static Covariance linear(Covariance k, int rank) {
        if (isCoregional(k)) {
            return k;
        }
        var terms = new ArrayList<Covariance>();
        var noise = new ArrayList<Covariance>();
        split(k, terms, noise);
        if (terms.size() == 1) {
            terms.add(terms.getFirst().map(Coregionalisation::shortened));
        }
        var all = new ArrayList<Covariance>();
        terms.forEach(term -> all.add(matrix(rank).times(withoutScale(term))));
        all.addAll(noise);
        return SumCovariance.of(all);
    }

    /** Independent outputs of one covariance function, noise included. */
    public static Covariance independent(Covariance k) {
        if (isCoregional(k)) {
            return k;
        }
        var same = new CoregionCovariance(0).with(CoregionCovariance.KAPPA.initial().fixed(true));
        var terms = new ArrayList<Covariance>();
        var noise = new ArrayList<Covariance>();
        for (Covariance term : terms(k)) {
            (isNoise(term) ? noise : terms).add(term);
        }
        if (!terms.isEmpty()) {
            noise.addFirst(same.times(SumCovariance.of(terms)));
        }
        return SumCovariance.of(noise);
    }

    private static Covariance matrix(int rank) {
        return new CoregionCovariance(rank);
    }

    private static void split(Covariance k, List<Covariance> terms, List<Covariance> noise) {
        for (Covariance term : terms(k)) {
            if (!isNoise(term)) {
                terms.add(term);
            } else {
                noise.add(term.equals(Covariance.white()) ? ownNoise() : term);
            }
        }
    }

    /** Noise with a variance for each output. */
    private static Covariance ownNoise() {
        var one = Families.get(Families.WHITE).parameters().getFirst().initial();
        return new CoregionCovariance(0).times(Covariance.white().with(one.fixed(true)));
    }

    private static List<Covariance> terms(Covariance k) {
        return k instanceof SumCovariance sum ? sum.terms() : List.of(k);
    }

    private static boolean isNoise(Covariance k) {
        return switch (k) {
            case BasicCovariance basic -> basic.family().isWhite();
            case ProductCovariance product ->
                    product.factors().stream().anyMatch(Coregionalisation::isNoise);
            case SumCovariance sum -> sum.terms().stream().allMatch(Coregionalisation::isNoise);
            default -> false;
        };
    }

    private static boolean isCoregional(Covariance k) {
        return switch (k) {
            case CoregionCovariance coregion -> true;
            case ProductCovariance product ->
                    product.factors().stream().anyMatch(Coregionalisation::isCoregional);
            case SumCovariance sum ->
                    sum.terms().stream().anyMatch(Coregionalisation::isCoregional);
            default -> false;
        };
    }

    /** Without a free factor in front: the matrix has one already. */
    private static Covariance withoutScale(Covariance term) {
        if (!(term instanceof ProductCovariance product)) {
            return term;
        }
        var kept = product.factors().stream().filter(f -> !isPlainScale(f)).toList();
        return kept.isEmpty() ? term : ProductCovariance.of(kept);
    }

    private static boolean isPlainScale(Covariance factor) {
        return factor instanceof ScaleCovariance scale && scale.isPlain();
    }

    private static Hyperparameter shortened(Hyperparameter h) {
        if (!h.name().equals(ParameterSpec.LENGTHSCALE) || h.isFixed()) {
            return h;
        }
        double[] values = h.toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.clamp(SHORTER * values[k], h.lower(), h.upper());
        }
        return h.with(values);
    }
}
