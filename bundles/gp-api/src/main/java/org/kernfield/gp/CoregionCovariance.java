package org.kernfield.gp;

import org.kernfield.kernel.Condition;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How outputs vary together, whatever the inputs: B = WWᵀ + diag(κ) at the outputs of two rows,
 * with W of a row for each output and {@code rank} columns, κ above 0.
 *
 * <p>Source: E. V. Bonilla, K. M. A. Chai, C. K. I. Williams, Multi-task Gaussian process
 * prediction (2008), section 2.
 */
final class CoregionCovariance extends Covariance {
    static final String NAME = "coregion";
    static final String RANK = "rank";
    static final int MOST = 64;
    static final ParameterSpec WEIGHTS = ParameterSpec.real("weights", 1, Double.NEGATIVE_INFINITY);
    static final ParameterSpec KAPPA = ParameterSpec.positive("kappa", 1).in(1e-8, 1e5);

    private final int rank;
    private final Hyperparameter weights;
    private final Hyperparameter kappa;

    CoregionCovariance(int rank) {
        this(rank, WEIGHTS.initial(), KAPPA.initial());
    }

    private CoregionCovariance(int rank, Hyperparameter weights, Hyperparameter kappa) {
        if (rank < 0 || rank > MOST) {
            throw new IllegalArgumentException("%s=%d; use 0 to %d".formatted(RANK, rank, MOST));
        }
        this.rank = rank;
        this.weights = weights;
        this.kappa = kappa;
    }

    /** With one of its hyper-parameters replaced. */
    CoregionCovariance with(Hyperparameter parameter) {
        return parameter.name().equals(WEIGHTS.name())
                ? new CoregionCovariance(rank, parameter, kappa)
                : new CoregionCovariance(rank, weights, parameter);
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        Hyperparameter first = rank == 0 ? weights : replace.apply(weights);
        return new CoregionCovariance(rank, first, replace.apply(kappa));
    }

    @Override
    Parts assemble(Assembly assembly) {
        int p = assembly.outputs();
        if (p == 0) {
            throw new IllegalArgumentException(
                    NAME + ": how several outputs vary together, but there is one; leave it out");
        }
        String owner = assembly.numbered(NAME);
        Vec w = rank == 0 ? null : assembly.uniform(owner, WEIGHTS, weights(p));
        Vec own = assembly.uniform(owner, KAPPA, KAPPA.widened(kappa, p, 1));
        Expr x = assembly.outputOfX();
        Expr y = assembly.outputOfY();
        Expr signal = ofBoth(own, x, y);
        Expr diagonal = of(own, x);
        for (int r = 0; r < rank; r++) {
            Vec column = w.slice(r * p, (r + 1) * p);
            Expr weight = of(column, x);
            signal = signal.plus(weight.times(of(column, y)));
            diagonal = diagonal.plus(weight.square());
        }
        return new Parts(signal, diagonal, null);
    }

    @Override
    Spectrum spectrum(List<String> names, int outputs) {
        double[] w = rank == 0 ? new double[0] : weights(outputs).toArray();
        double[] own = KAPPA.widened(kappa, outputs, 1).toArray();
        var root = new double[outputs][rank + outputs];
        for (int t = 0; t < outputs; t++) {
            for (int r = 0; r < rank; r++) {
                root[t][r] = w[r * outputs + t];
            }
            root[t][rank + t] = Math.sqrt(own[t]);
        }
        return new Spectrum(List.of(new Spectrum.Term(1, root, List.of())));
    }

    /** One number w for all becomes w·cos(πr(i + ½)/p), columns at right angles. */
    private Hyperparameter weights(int p) {
        if (weights.values().size() != 1 || p * rank == 1) {
            return WEIGHTS.widened(weights, p * rank, 1);
        }
        var values = new double[p * rank];
        for (int k = 0; k < values.length; k++) {
            double angle = Math.PI * (k / p) * (k % p + 0.5) / p;
            values[k] = weights.values().getFirst() * Math.cos(angle);
        }
        return weights.with(values);
    }

    /** The component of an output. */
    private static Expr of(Vec values, Expr output) {
        Expr value = values.get(values.size() - 1);
        for (int k = values.size() - 2; k >= 0; k--) {
            value = output.atMost(Expr.of(k + 0.5)).select(values.get(k), value);
        }
        return value;
    }

    /** The component of an output that is both rows', else 0; the same with the rows exchanged. */
    private static Expr ofBoth(Vec values, Expr one, Expr other) {
        Expr none = Expr.of(0);
        Expr value = values.get(values.size() - 1);
        for (int k = values.size() - 2; k >= 0; k--) {
            Expr bound = Expr.of(k + 0.5);
            Condition isOther = other.atMost(bound);
            value =
                    one.atMost(bound)
                            .select(
                                    isOther.select(values.get(k), none),
                                    isOther.select(none, value));
        }
        return value;
    }

    @Override
    public String text() {
        var words = new ArrayList<String>();
        words.add(RANK + "=" + rank);
        if (rank > 0 && !weights.equals(WEIGHTS.initial())) {
            words.add(WEIGHTS.name() + "=" + ParameterText.of(weights, WEIGHTS));
        }
        if (!kappa.equals(KAPPA.initial())) {
            words.add(KAPPA.name() + "=" + ParameterText.of(kappa, KAPPA));
        }
        return NAME + "(" + String.join(", ", words) + ")";
    }
}
