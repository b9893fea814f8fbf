package org.kernfield.numerics.lapack;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;

/** Products, triangular solves and Cholesky factors, tile by tile. */
final class Level3 {
    /** Order of the triangles on the diagonal that one call solves with. */
    private static final int BLOCK = 512;

    /** Columns of a panel of a large Cholesky factor. */
    private static final int PANEL = 256;

    /** Order up to which a matrix of a batch is one part. */
    private static final int SMALL = 128;

    private final Blas blas;
    private final Tiles tiles;
    private final int bytes;

    Level3(Blas blas, Tiles tiles, int bytes) {
        this.blas = blas;
        this.tiles = tiles;
        this.bytes = bytes;
    }

    private static int rows(Array array, int batch) {
        return Math.toIntExact(array.rows() / batch);
    }

    void gemm(
            int batch,
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c) {
        int m = rows(c, batch);
        int n = c.width();
        int k = transposeA ? rows(a, batch) : a.width();
        var left = new Operand(Tile.of(a), transposeA);
        var right = new Operand(Tile.of(b), transposeB);
        tiles.holding(
                packed(Math.min(m, 512), Math.min(n, 512), Math.min(k, Tiles.DEPTH)),
                "gemm %d × %d × %d".formatted(m, k, n),
                () -> {
                    if (batch > 1 && (long) m * n <= SMALL * SMALL && k <= Tiles.DEPTH) {
                        tiles.forEach(
                                batch,
                                (double) batch * m * n * k,
                                p ->
                                        blas.gemm(
                                                m,
                                                n,
                                                k,
                                                alpha,
                                                part(a, batch, p),
                                                transposeA,
                                                part(b, batch, p),
                                                transposeB,
                                                beta,
                                                part(c, batch, p)));
                        return null;
                    }
                    for (int p = 0; p < batch; p++) {
                        var x = new Operand(part(a, batch, p), left.isTransposed());
                        var y = new Operand(part(b, batch, p), right.isTransposed());
                        add(m, n, k, alpha, x, y, beta, part(c, batch, p), false);
                    }
                    return null;
                });
    }

    private static Tile part(Array array, int batch, int p) {
        return Tile.of(array).at((long) p * rows(array, batch), 0);
    }

    /** What the library copies to multiply tiles, at most. */
    private long packed(int m, int n, int k) {
        return (long) bytes * k * (m + n);
    }

    /** A factor of a product, as it lies or turned. */
    private record Operand(Tile tile, boolean isTransposed) {
        Tile at(int row, int column) {
            return isTransposed ? tile.at(column, row) : tile.at(row, column);
        }
    }

    /** C ← α·A·B + β·C, or of its tiles on and below the diagonal. */
    private void add(
            int m,
            int n,
            int k,
            double alpha,
            Operand a,
            Operand b,
            double beta,
            Tile c,
            boolean isLower) {
        tiles.cut(
                m,
                n,
                Tiles.side(m, n),
                isLower,
                k,
                (i, rows, j, columns) -> {
                    Tile into = c.at(i, j);
                    for (int l = 0; l < Math.max(1, k); l += Tiles.DEPTH) {
                        if (l > 0) {
                            tiles.resources().cancel().check();
                        }
                        blas.gemm(
                                rows,
                                columns,
                                Math.min(Tiles.DEPTH, k - l),
                                alpha,
                                a.at(i, l),
                                a.isTransposed(),
                                b.at(l, j),
                                b.isTransposed(),
                                l == 0 ? beta : 1,
                                into);
                    }
                });
    }

    void syrk(double alpha, Array a, boolean transpose, double beta, Array c) {
        int n = c.width();
        int k = transpose ? Math.toIntExact(a.rows()) : a.width();
        if (c.rows() == 0) {
            return;
        }
        var left = new Operand(Tile.of(a), transpose);
        var right = new Operand(Tile.of(a), !transpose);
        tiles.holding(
                packed(Math.min(n, 512), Math.min(n, 512), Math.min(k, Tiles.DEPTH)),
                "syrk %d × %d".formatted(n, k),
                () -> {
                    add(n, n, k, alpha, left, right, beta, Tile.of(c), true);
                    Mirror.lower(c, tiles);
                    return null;
                });
    }

    void trsm(int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        int n = rows(t, batch);
        int others = side == Side.LEFT ? b.width() : rows(b, batch);
        if (n == 0 || others == 0) {
            return;
        }
        boolean isLower = triangle == Triangle.LOWER;
        var kind = new Blas.Triangular(side == Side.LEFT, isLower, transpose, false);
        tiles.holding(
                packed(Math.min(n, BLOCK), Math.min(others, BLOCK), Math.min(n, BLOCK)),
                "trsm %d × %d".formatted(n, others),
                () -> {
                    if (batch > 1 && n <= SMALL && others <= 2 * SMALL) {
                        tiles.forEach(
                                batch,
                                (double) batch * n * n * others,
                                p -> once(kind, n, others, part(t, batch, p), part(b, batch, p)));
                        return null;
                    }
                    for (int p = 0; p < batch; p++) {
                        solve(kind, n, others, part(t, batch, p), part(b, batch, p));
                    }
                    return null;
                });
    }

    private void once(Blas.Triangular kind, int n, int others, Tile t, Tile b) {
        blas.trsm(kind, kind.isLeft() ? n : others, kind.isLeft() ? others : n, t, b);
    }

    /** Solves block by block of the diagonal; what remains is multiplied. */
    void solve(Blas.Triangular kind, int n, int others, Tile t, Tile b) {
        // op(T) is lower if it stands lower and is not turned, or upper and turned
        boolean forward = (kind.isLower() != kind.isTransposed()) == kind.isLeft();
        int blocks = Math.ceilDiv(n, BLOCK);
        for (int step = 0; step < blocks; step++) {
            int k = (forward ? step : blocks - 1 - step) * BLOCK;
            int size = Math.min(BLOCK, n - k);
            corner(kind, size, others, t.at(k, k), kind.isLeft() ? b.at(k, 0) : b.at(0, k));
            int from = forward ? k + size : 0;
            int rest = forward ? n - from : k;
            if (rest > 0) {
                Operand coupling = coupling(kind, t, from, k);
                if (kind.isLeft()) {
                    var known = new Operand(b.at(k, 0), false);
                    add(rest, others, size, -1, coupling, known, 1, b.at(from, 0), false);
                } else {
                    var known = new Operand(b.at(0, k), false);
                    add(others, rest, size, -1, known, coupling, 1, b.at(0, from), false);
                }
            }
        }
    }

    /** The part of op(T) between the block that is known and the rest. */
    private static Operand coupling(Blas.Triangular kind, Tile t, int rest, int known) {
        int row = kind.isLeft() ? rest : known;
        int column = kind.isLeft() ? known : rest;
        return new Operand(
                kind.isTransposed() ? t.at(column, row) : t.at(row, column), kind.isTransposed());
    }

    private void corner(Blas.Triangular kind, int n, int others, Tile t, Tile b) {
        int side = others > 1024 ? 256 : 64;
        tiles.forEach(
                Math.ceilDiv(others, side),
                (double) n * n * others / 2,
                p -> {
                    int count = Math.min(side, others - p * side);
                    once(kind, n, count, t, kind.isLeft() ? b.at(0, p * side) : b.at(p * side, 0));
                });
    }

    int[] potrf(int batch, Array a) {
        int n = rows(a, batch);
        var infos = new int[batch];
        if (n == 0) {
            return infos;
        }
        tiles.holding(
                packed(Math.min(n, 512), Math.min(n, 512), Math.min(n, PANEL)),
                "potrf %d × %d".formatted(n, n),
                () -> {
                    if (n <= SMALL) {
                        tiles.forEach(
                                batch,
                                (double) batch * n * n * n / 3,
                                p -> infos[p] = Minors.factor(blas, n, part(a, batch, p)));
                    } else {
                        for (int p = 0; p < batch; p++) {
                            infos[p] = factor(n, part(a, batch, p));
                        }
                    }
                    return null;
                });
        Mirror.clearAbove(a, batch);
        return infos;
    }

    private int factor(int n, Tile a) {
        for (int k = 0; k < n; k += PANEL) {
            tiles.resources().cancel().check();
            int size = Math.min(PANEL, n - k);
            int info = Minors.factor(blas, size, a.at(k, k));
            if (info != 0) {
                return k + info;
            }
            int rest = n - k - size;
            if (rest > 0) {
                Tile panel = a.at(k + size, k);
                corner(
                        new Blas.Triangular(false, true, true, false),
                        size,
                        rest,
                        a.at(k, k),
                        panel);
                add(
                        rest,
                        rest,
                        size,
                        -1,
                        new Operand(panel, false),
                        new Operand(panel, true),
                        1,
                        a.at(k + size, k + size),
                        true);
            }
        }
        return 0;
    }
}
