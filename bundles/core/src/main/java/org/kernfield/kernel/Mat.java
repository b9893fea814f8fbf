package org.kernfield.kernel;

/** A small matrix of expressions, rows × columns, whose shape is known when the kernel is built. */
public final class Mat {
    private final Vec[] rows;

    private Mat(Vec[] rows) {
        this.rows = rows;
    }

    public static Mat ofRows(Vec... rows) {
        for (Vec row : rows) {
            if (row.size() != rows[0].size()) {
                throw new KernelException(
                        "matrix: rows of "
                                + rows[0].size()
                                + " and "
                                + row.size()
                                + " components; make them equal");
            }
        }
        return new Mat(rows.clone());
    }

    public int rows() {
        return rows.length;
    }

    public int columns() {
        return rows[0].size();
    }

    public Vec row(int i) {
        return rows[i];
    }

    public Vec column(int j) {
        var column = new Expr[rows.length];
        for (int i = 0; i < rows.length; i++) {
            column[i] = rows[i].get(j);
        }
        return Vec.of(column);
    }

    /** Matrix times column vector. */
    public Vec times(Vec v) {
        var product = new Expr[rows.length];
        for (int i = 0; i < rows.length; i++) {
            product[i] = rows[i].times(v).sum();
        }
        return Vec.of(product);
    }

    public Mat times(Mat other) {
        var columns = new Vec[other.columns()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = times(other.column(j));
        }
        return ofRows(columns).transpose();
    }

    public Mat transpose() {
        var columns = new Vec[columns()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = column(j);
        }
        return ofRows(columns);
    }

    /** The identity of {@code size} rows. */
    public static Mat identity(int size) {
        var rows = new Vec[size];
        for (int i = 0; i < size; i++) {
            var row = new Expr[size];
            for (int j = 0; j < size; j++) {
                row[j] = Expr.of(i == j ? 1 : 0);
            }
            rows[i] = Vec.of(row);
        }
        return ofRows(rows);
    }

    public Mat plus(Mat other) {
        if (other.rows() != rows()) {
            throw new KernelException(
                    "matrices of "
                            + rows()
                            + " and "
                            + other.rows()
                            + " rows: cannot be added; make their shapes equal");
        }
        var sums = new Vec[rows()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = rows[i].plus(other.rows[i]);
        }
        return ofRows(sums);
    }

    public Mat times(Expr factor) {
        var products = new Vec[rows()];
        for (int i = 0; i < products.length; i++) {
            products[i] = rows[i].times(factor);
        }
        return ofRows(products);
    }

    /** Sum of the diagonal of a square matrix. */
    public Expr trace() {
        requireSquare("trace");
        Expr sum = rows[0].get(0);
        for (int i = 1; i < rows.length; i++) {
            sum = sum.plus(rows[i].get(i));
        }
        return sum;
    }

    /** Of a 2 × 2 or 3 × 3 matrix. */
    public Expr determinant() {
        requireSmall("determinant");
        if (rows() == 2) {
            return rows[0].x().times(rows[1].y()).minus(rows[0].y().times(rows[1].x()));
        }
        return rows[0].times(rows[1].cross(rows[2])).sum();
    }

    /** Of a 2 × 2 or 3 × 3 matrix; not finite where that is singular. */
    public Mat inverse() {
        requireSmall("inverse");
        Expr scale = Expr.of(1).dividedBy(determinant());
        if (rows() == 2) {
            return ofRows(
                            Vec.of(rows[1].y(), rows[0].y().negate()),
                            Vec.of(rows[1].x().negate(), rows[0].x()))
                    .times(scale);
        }
        return ofRows(rows[1].cross(rows[2]), rows[2].cross(rows[0]), rows[0].cross(rows[1]))
                .transpose()
                .times(scale);
    }

    /**
     * Eigenvalues of a symmetric 2 × 2 matrix, the larger one first; their derivative is singular
     * where they are equal.
     */
    public Vec symmetricEigenvalues() {
        if (rows() != 2 || columns() != 2) {
            throw new KernelException(shape("symmetric eigenvalues", "give 2 × 2"));
        }
        Expr mean = trace().times(0.5);
        Expr half = rows[0].x().minus(rows[1].y()).times(0.5);
        Expr spread = half.square().plus(rows[0].y().square()).sqrt();
        return Vec.of(mean.plus(spread), mean.minus(spread));
    }

    /** The rotation of a unit quaternion (w, x, y, z), 3 × 3. */
    public static Mat rotation(Vec q) {
        q.requireSize("rotation", 4);
        Expr w = q.get(0);
        Expr x = q.get(1);
        Expr y = q.get(2);
        Expr z = q.get(3);
        return ofRows(
                Vec.of(
                        one().minus(twice(y, y).plus(twice(z, z))),
                        twice(x, y).minus(twice(w, z)),
                        twice(x, z).plus(twice(w, y))),
                Vec.of(
                        twice(x, y).plus(twice(w, z)),
                        one().minus(twice(x, x).plus(twice(z, z))),
                        twice(y, z).minus(twice(w, x))),
                Vec.of(
                        twice(x, z).minus(twice(w, y)),
                        twice(y, z).plus(twice(w, x)),
                        one().minus(twice(x, x).plus(twice(y, y)))));
    }

    private static Expr one() {
        return Expr.of(1);
    }

    private static Expr twice(Expr a, Expr b) {
        return a.times(b).times(2);
    }

    private void requireSquare(String what) {
        if (rows() != columns()) {
            throw new KernelException(shape(what, "give a square matrix"));
        }
    }

    private void requireSmall(String what) {
        requireSquare(what);
        if (rows() != 2 && rows() != 3) {
            throw new KernelException(shape(what, "give 2 × 2 or 3 × 3"));
        }
    }

    private String shape(String what, String remedy) {
        return what + " of a matrix of " + rows() + " × " + columns() + ": " + remedy;
    }
}
