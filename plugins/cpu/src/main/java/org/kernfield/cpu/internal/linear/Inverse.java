package org.kernfield.cpu.internal.linear;

/**
 * (L·Lᵀ)⁻¹ in place of L: first M = L⁻¹, then MᵀM, each by halves, so that nearly all of it is
 * products and the n³/3 multiplications of either are not exceeded.
 */
final class Inverse<A> {
    /** Order of what is done at once, zeros included. */
    private static final int SMALL = 128;

    private final Numbers<A> numbers;
    private final Product<A> product;
    private final Substitution<A> substitution;
    private final View<A> scratch;

    Inverse(Call<A> call, int order) {
        this.numbers = call.numbers();
        this.product = call.product();
        this.substitution = call.substitution();
        this.scratch = call.matrix(SMALL, Math.max(SMALL, order));
    }

    /**
     * @param l row-major, lower with zeros above; overwritten, both triangles
     */
    void ofFactor(View<A> l) {
        if (l.rows() == 0) {
            return;
        }
        invert(l);
        square(l);
        numbers.mirror(l);
    }

    /** L⁻¹ = [M₁ 0; −M₂·L₂₁·M₁ M₂]. */
    private void invert(View<A> l) {
        int n = l.rows();
        if (n <= SMALL) {
            View<A> unit = scratch(n, n);
            for (int i = 0; i < n; i++) {
                numbers.set(unit.data(), unit.at(i, i), 1);
            }
            substitution.lower(l, unit);
            clear(l);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    copy(unit, i, j, l);
                }
            }
            return;
        }
        int half = half(n);
        View<A> top = l.block(0, 0, half, half);
        View<A> bottom = l.block(half, half, n - half, n - half);
        View<A> corner = l.block(half, 0, n - half, half);
        substitution.lower(bottom, corner);
        // X·L₁ = L₂₁ is L₁ᵀ·Xᵀ = L₂₁ᵀ
        substitution.upper(top.transposed(), corner.transposed());
        numbers.scale(-1, corner, 0, corner.rows());
        invert(top);
        invert(bottom);
    }

    /** The lower triangle of MᵀM = [M₁ᵀM₁ + M₂₁ᵀM₂₁ ·; M₂ᵀM₂₁ M₂ᵀM₂]. */
    private void square(View<A> m) {
        int n = m.rows();
        if (n <= SMALL) {
            View<A> old = moved(m);
            product.addLower(1, old.transposed(), old, m);
            return;
        }
        int half = half(n);
        View<A> top = m.block(0, 0, half, half);
        View<A> bottom = m.block(half, half, n - half, n - half);
        View<A> corner = m.block(half, 0, n - half, half);
        square(top);
        product.addLower(1, corner.transposed(), corner, top);
        multiply(bottom, corner);
        square(bottom);
    }

    /** B ← MᵀB for lower M: the upper rows of MᵀB read the lower rows of B, but not the reverse. */
    private void multiply(View<A> m, View<A> b) {
        int n = m.rows();
        if (n <= SMALL) {
            View<A> old = moved(b);
            product.add(1, m.transposed(), old, b);
            return;
        }
        int half = half(n);
        View<A> above = b.block(0, 0, half, b.columns());
        View<A> below = b.block(half, 0, n - half, b.columns());
        multiply(m.block(0, 0, half, half), above);
        product.add(1, m.block(half, 0, n - half, half).transposed(), below, above);
        multiply(m.block(half, half, n - half, n - half), below);
    }

    private static int half(int n) {
        return (n / 2 + SMALL - 1) / SMALL * SMALL;
    }

    private View<A> scratch(int rows, int columns) {
        View<A> view = View.rowMajor(scratch.data(), 0, rows, columns);
        clear(view);
        return view;
    }

    /** What was there, in scratch memory; zeros are left. */
    private View<A> moved(View<A> from) {
        View<A> old = View.rowMajor(scratch.data(), 0, from.rows(), from.columns());
        numbers.copy(from, old);
        clear(from);
        return old;
    }

    private void copy(View<A> from, int i, int j, View<A> to) {
        numbers.set(to.data(), to.at(i, j), numbers.get(from.data(), from.at(i, j)));
    }

    private void clear(View<A> view) {
        numbers.scale(0, view, 0, view.rows());
    }
}
