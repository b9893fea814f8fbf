package org.kernfield.kernel;

/**
 * A sum over all components of two slots, kept as one instruction however wide they are, so that a
 * backend may compute it for many pairs as a matrix product.
 */
public enum Contraction {
    /** Σ_k s_k x_k · s_k y_k. */
    DOT("dot", 2),
    /** Σ_k (s_k (x_k − y_k))². */
    SQDIST("sqdist", 3);

    private final String symbol;
    private final int operations;

    Contraction(String symbol, int operations) {
        this.symbol = symbol;
        this.operations = operations;
    }

    /** How it is written in a formula. */
    public String symbol() {
        return symbol;
    }

    /** Arithmetic operations a component, without a scale. */
    int operations() {
        return operations;
    }

    /**
     * The contraction of two vectors: one node where both are whole slots and the scale, if any, a
     * whole uniform, and plain operations elsewhere.
     *
     * @param scale null for none
     */
    Expr of(Vec x, Vec y, Vec scale) {
        x.sameSize(symbol, y);
        if (scale != null) {
            x.sameSize(symbol, scale);
        }
        Slot left = x.slot();
        Slot right = y.slot();
        Slot by = scale == null ? null : scale.slot();
        boolean isNode =
                left != null
                        && right != null
                        && (scale == null || by != null && by.role() == Slot.Role.UNIFORM);
        return isNode ? node(left, right, by) : plain(x, y, scale);
    }

    /** Both contractions are symmetric to the last bit, so that one order stands for both. */
    private Expr node(Slot left, Slot right, Slot scale) {
        int order = left.role().compareTo(right.role());
        boolean inOrder = order == 0 ? left.name().compareTo(right.name()) <= 0 : order < 0;
        return inOrder
                ? new Expr.Contract(this, left, right, scale)
                : new Expr.Contract(this, right, left, scale);
    }

    /** The value in float64. */
    double of(double[] x, double[] y, double[] scale) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            double s = scale == null ? 1 : scale[k];
            double d = s * (x[k] - y[k]);
            sum += this == DOT ? s * x[k] * (s * y[k]) : d * d;
        }
        return sum;
    }

    /** The value written with plain operations. */
    Expr plain(Vec x, Vec y, Vec scale) {
        return switch (this) {
            case DOT ->
                    scale == null ? x.times(y).sum() : x.times(scale).times(y.times(scale)).sum();
            case SQDIST -> {
                Vec d = x.minus(y);
                yield (scale == null ? d : d.times(scale)).squaredNorm();
            }
        };
    }
}
