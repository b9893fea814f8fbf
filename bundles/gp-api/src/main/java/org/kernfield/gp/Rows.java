package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Vec;

/** The two rows of a pair, of those columns that a function looks at. */
record Rows(Vec x, Vec y) {
    int columns() {
        return x.size();
    }

    /** Both sides the query's row. */
    Rows diagonal() {
        return new Rows(x, x);
    }

    /**
     * Σ_k (s_k (x_k − y_k))².
     *
     * @param scale one component, or one for each column
     */
    Expr squaredDistance(Vec scale) {
        return scale.size() == columns()
                ? x.sqdist(y, scale)
                : x.sqdist(y).times(scale.get(0).square());
    }

    /** Σ_k s_k² x_k y_k; {@code scale} as for distances. */
    Expr dot(Vec scale) {
        return scale.size() == columns() ? x.dot(y, scale) : x.dot(y).times(scale.get(0).square());
    }

    /** √s, whose derivative counts as 0 where s is not above 0. */
    static Expr root(Expr s) {
        return s.atMost(Expr.of(0)).select(Expr.of(0), s.sqrt());
    }

    /** The differences x_k − y_k, scaled. */
    Vec differences(Vec scale) {
        Vec d = x.minus(y);
        return scale.size() == columns() ? d.times(scale) : d.times(scale.get(0));
    }
}
