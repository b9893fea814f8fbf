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
}
