package org.kernfield.cpu.internal.linear;

/**
 * (L·Lᵀ)⁻¹ in place of L: first M = L⁻¹, then MᵀM, each by halves, so that nearly all of it is
 * products and the n³/6 multiplications of either are hardly exceeded.
 *
 * <p>Source: for the order of the halves J. J. Du Croz, N. J. Higham, Stability of methods for
 * matrix inversion (1992): one of the two triangles beside a corner is solved for, not inverted.
 */
final class Inverse<A> {
    /** Order of the triangles that are solved for at once, zeros included. */
    private static final int SMALL = 60;

    /** Order of the triangles that are multiplied at once: packed, they stay in cache. */
    private static final int PACKED = Product.AT_ONCE / 2;

    private final Numbers<A> numbers;
    private final Product<A> product;
    private final Substitution<A> substitution;
    private final View<A> unit;

    Inverse(Call<A> call) {
        this.numbers = call.numbers();
        this.product = call.product();
        this.substitution = call.substitution();
        this.unit = call.matrix(SMALL, SMALL);
    }

    /**
     * @param l row-major, lower with zeros above; overwritten, both triangles
     */
    void ofFactor(View<A> l) {
        invert(l);
        square(l);
        numbers.mirror(l);
    }

    /** L⁻¹ = [M₁ 0; −L₂⁻¹·L₂₁·M₁ M₂]. */
    private void invert(View<A> l) {
        int n = l.rows();
        if (n <= SMALL) {
            invertSmall(l);
            return;
        }
        int half = half(n);
        View<A> top = l.block(0, 0, half, half);
        View<A> bottom = l.block(half, half, n - half, n - half);
        View<A> corner = l.block(half, 0, n - half, half);
        invert(top);
        multiply(-1, top, corner.transposed());
        substitution.lower(bottom, corner);
        invert(bottom);
    }

    private void invertSmall(View<A> l) {
        int n = l.rows();
        View<A> inverse = View.rowMajor(unit.data(), 0, n, n);
        numbers.scale(0, inverse, 0, n);
        for (int i = 0; i < n; i++) {
            numbers.set(inverse.data(), inverse.at(i, i), 1);
        }
        substitution.lower(l, inverse);
        numbers.clearUpper(inverse);
        numbers.copy(inverse, l);
    }

    /** The lower triangle of MᵀM = [M₁ᵀM₁ + M₂₁ᵀM₂₁ ·; M₂ᵀM₂₁ M₂ᵀM₂]. */
    private void square(View<A> m) {
        int n = m.rows();
        if (n <= PACKED) {
            product.compute(1, m.transposed(), m, m, Pattern.UPPER_TIMES_LOWER);
            return;
        }
        int half = half(n);
        View<A> top = m.block(0, 0, half, half);
        View<A> bottom = m.block(half, half, n - half, n - half);
        View<A> corner = m.block(half, 0, n - half, half);
        square(top);
        product.addLower(1, corner.transposed(), corner, top);
        multiply(1, bottom, corner);
        square(bottom);
    }

    /**
     * B ← α·MᵀB for lower M: the upper rows of MᵀB read the lower rows of B, but not the reverse.
     */
    private void multiply(double alpha, View<A> m, View<A> b) {
        int n = m.rows();
        if (n <= PACKED) {
            product.compute(alpha, m.transposed(), b, b, Pattern.UPPER_TIMES);
            return;
        }
        int half = half(n);
        View<A> above = b.block(0, 0, half, b.columns());
        View<A> below = b.block(half, 0, n - half, b.columns());
        multiply(alpha, m.block(0, 0, half, half), above);
        product.add(alpha, m.block(half, 0, n - half, half).transposed(), below, above);
        multiply(alpha, m.block(half, half, n - half, n - half), below);
    }

    private static int half(int n) {
        return (n / 2 + SMALL - 1) / SMALL * SMALL;
    }
}
