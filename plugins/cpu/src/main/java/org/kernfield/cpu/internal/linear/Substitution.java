package org.kernfield.cpu.internal.linear;

/**
 * X ← T⁻¹·X for a triangular T, by halves: small blocks of the diagonal in packed strips, the rest
 * by products as deep as possible.
 */
final class Substitution<A> {
    /** Rows of the largest diagonal block. */
    private static final int BLOCK = 120;

    /** What the orders of blocks are multiples of. */
    private static final int STEP = 60;

    private final Numbers<A> numbers;
    private final Crew crew;
    private final Product<A> product;

    Substitution(Numbers<A> numbers, Crew crew, Product<A> product) {
        this.numbers = numbers;
        this.crew = crew;
        this.product = product;
    }

    /**
     * @param t lower triangular; only that triangle is read
     */
    void lower(View<A> t, View<A> x) {
        int n = t.rows();
        if (n <= BLOCK) {
            diagonal(t, x);
            return;
        }
        int half = half(n);
        View<A> above = x.block(0, 0, half, x.columns());
        View<A> below = x.block(half, 0, n - half, x.columns());
        lower(t.block(0, 0, half, half), above);
        product.add(-1, t.block(half, 0, n - half, half), above, below);
        lower(t.block(half, half, n - half, n - half), below);
    }

    /**
     * @param t upper triangular; only that triangle is read
     */
    void upper(View<A> t, View<A> x) {
        int n = t.rows();
        if (n <= BLOCK) {
            // backwards an upper triangle is a lower one
            View<A> turned = t.upsideDown().transposed().upsideDown().transposed();
            diagonal(turned, x.upsideDown());
            return;
        }
        int half = half(n);
        View<A> above = x.block(0, 0, half, x.columns());
        View<A> below = x.block(half, 0, n - half, x.columns());
        upper(t.block(half, half, n - half, n - half), below);
        product.add(-1, t.block(0, half, half, n - half), below, above);
        upper(t.block(0, 0, half, half), above);
    }

    private static int half(int n) {
        return (n / 2 + STEP - 1) / STEP * STEP;
    }

    private void diagonal(View<A> t, View<A> x) {
        int height = numbers.tileRows();
        int n = t.rows();
        int groups = (n + height - 1) / height;
        A strips = numbers.allocate(groups * height * n);
        numbers.pack(t, height, 0, n, strips, 0);
        // the kernel only adds
        numbers.scale(-1, View.rowMajor(strips, 0, groups, height * n), 0, groups);
        A triangles = numbers.allocate(groups * height * height);
        for (int i = 0; i < n; i++) {
            for (int j = i / height * height; j <= i; j++) {
                double value = numbers.get(t.data(), t.at(i, j));
                numbers.set(triangles, i * height + j % height, i == j ? 1 / value : -value);
            }
        }
        int width = numbers.tileColumns();
        int part = 4 * width;
        View<A> across = x.transposed();
        crew.forEach(
                (x.columns() + part - 1) / part,
                0.5 * n * n * x.columns(),
                p -> {
                    int padded = groups * height;
                    A strip = numbers.allocate(padded * width);
                    int last = Math.min((p + 1) * part, x.columns());
                    for (int j = p * part; j < last; j += width) {
                        View<A> some = across.block(j, 0, Math.min(width, last - j), n);
                        numbers.pack(some, width, 0, some.rows(), strip, 0);
                        solve(strips, triangles, n, strip);
                        numbers.unpack(strip, width, some);
                    }
                });
    }

    private void solve(A strips, A triangles, int n, A x) {
        int height = numbers.tileRows();
        int width = numbers.tileColumns();
        for (int i = 0; i < n; i += height) {
            numbers.tile(i, strips, i * n, x, 0, x, i * width);
            numbers.substitute(triangles, i * height, x, i * width);
        }
    }
}
