package org.kernfield.cpu.internal.linear;

/** A = L·Lᵀ, right-looking: a block of the diagonal, the panel below it, the rest. */
final class Cholesky<A> {
    /** Columns of a panel for large matrices. */
    private static final int PANEL = 240;

    /** Order of what is factored by plain loops. */
    private static final int SMALL = 40;

    private final Numbers<A> numbers;
    private final Crew crew;
    private final Panels<A> panels;

    Cholesky(Numbers<A> numbers, Crew crew, Panels<A> panels) {
        this.numbers = numbers;
        this.crew = crew;
        this.panels = panels;
    }

    /**
     * @param a row-major; its strict upper triangle is neither read nor written
     * @return 0, or k > 0 when the leading minor of order k is not positive
     */
    int factor(View<A> a) {
        return factor(a, a.rows() > 2 * PANEL ? PANEL : SMALL, crew);
    }

    private int factor(View<A> a, int size, Crew workers) {
        int n = a.rows();
        var product = new Product<>(numbers, workers, panels);
        var substitution = new Substitution<>(numbers, workers, product);
        for (int k = 0; k < n; k += size) {
            int width = Math.min(size, n - k);
            View<A> corner = a.block(k, k, width, width);
            int info =
                    width > SMALL ? factor(corner, SMALL, workers.alone()) : numbers.factor(corner);
            if (info != 0) {
                return k + info;
            }
            int rest = n - k - width;
            View<A> panel = a.block(k + width, k, rest, width);
            substitution.lower(corner, panel.transposed());
            product.addLower(
                    -1, panel, panel.transposed(), a.block(k + width, k + width, rest, rest));
        }
        return 0;
    }
}
