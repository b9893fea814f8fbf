package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One function before a place on a column and another after it: σ̄(x) k₁ σ̄(y) + σ(x) k₂ σ(y) with
 * σ(x) = 1/(1 + exp(−(x − location) · steepness)) and σ̄ = 1 − σ.
 *
 * <p>Source: D. Duvenaud, Automatic model construction with Gaussian processes (2014), section
 * 2.5.4, equation 2.8.
 */
final class ChangePointCovariance extends Covariance {
    static final String NAME = "changepoint";
    static final ParameterSpec LOCATION =
            ParameterSpec.real("location", 0, Double.NEGATIVE_INFINITY);
    static final ParameterSpec STEEPNESS = ParameterSpec.positive("steepness", 1);

    private final Covariance before;
    private final Covariance after;
    private final Hyperparameter location;
    private final Hyperparameter steepness;
    private final Columns column;

    ChangePointCovariance(
            Covariance before,
            Covariance after,
            Hyperparameter location,
            Hyperparameter steepness,
            Columns column) {
        this.before = before;
        this.after = after;
        this.location = location;
        this.steepness = steepness;
        this.column = column;
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        Covariance first = before.map(replace);
        Covariance second = after.map(replace);
        return new ChangePointCovariance(
                first, second, replace.apply(location), replace.apply(steepness), column);
    }

    @Override
    Parts assemble(Assembly assembly) {
        Parts first = before.assemble(assembly);
        Parts second = after.assemble(assembly);
        String owner = assembly.numbered(NAME);
        Expr place = assembly.uniform(owner, LOCATION, location).get(0);
        Expr slope = assembly.uniform(owner, STEEPNESS, steepness).get(0);
        Rows rows = assembly.rows(column);
        Expr atX = along(rows.x()).minus(place).times(slope);
        Expr atY = along(rows.y()).minus(place).times(slope);
        return first.weighted(atX.negate().sigmoid(), atY.negate().sigmoid())
                .plus(second.weighted(atX.sigmoid(), atY.sigmoid()));
    }

    private Expr along(Vec row) {
        if (row.size() != 1) {
            throw new IllegalArgumentException(
                    "%s: %d columns to change along; name one with %s="
                            .formatted(NAME, row.size(), CovarianceParser.DIMS));
        }
        return row.get(0);
    }

    @Override
    public String text() {
        var words = new java.util.ArrayList<>(List.of(before.text(), after.text()));
        if (!location.equals(LOCATION.initial())) {
            words.add(location.name() + "=" + ParameterText.of(location, LOCATION));
        }
        if (!steepness.equals(STEEPNESS.initial())) {
            words.add(steepness.name() + "=" + ParameterText.of(steepness, STEEPNESS));
        }
        if (!column.isAll()) {
            words.add(CovarianceParser.DIMS + "=" + column.text());
        }
        return NAME + "(" + String.join(", ", words) + ")";
    }
}
