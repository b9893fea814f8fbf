package org.kernfield.cpu.internal.linear;

/** Four by four numbers in plain loops, where the Vector API is not in the process. */
final class PlainDoubleKernel implements DoubleKernel {
    private static final int SIDE = 4;

    @Override
    public int rows() {
        return SIDE;
    }

    @Override
    public int columns() {
        return SIDE;
    }

    @Override
    public void run(int depth, double[] left, int l, double[] right, int r, double[] tile, int at) {
        for (int i = 0; i < SIDE; i++) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (int k = 0; k < depth; k++) {
                double factor = left[l + SIDE * k + i];
                a += factor * right[r + SIDE * k];
                b += factor * right[r + SIDE * k + 1];
                c += factor * right[r + SIDE * k + 2];
                d += factor * right[r + SIDE * k + 3];
            }
            int row = at + SIDE * i;
            tile[row] += a;
            tile[row + 1] += b;
            tile[row + 2] += c;
            tile[row + 3] += d;
        }
    }

    @Override
    public void merge(double alpha, double[] tile, int from, double[] c, int at, int stride) {
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                c[at + i * stride + j] += alpha * tile[from + SIDE * i + j];
            }
        }
    }

    @Override
    public void substitute(double[] triangle, int from, double[] tile, int at) {
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                double sum = tile[at + SIDE * i + j];
                for (int p = 0; p < i; p++) {
                    sum += triangle[from + SIDE * i + p] * tile[at + SIDE * p + j];
                }
                tile[at + SIDE * i + j] = sum * triangle[from + SIDE * i + i];
            }
        }
    }

    @Override
    public void rotate(
            double[] cosines, double[] sines, int begin, int end, double[] rows, int at, int step) {
        for (int k = begin; k < end; k++) {
            int own = at + (k - begin) * step;
            Loops.rotate(rows, own, rows, own + step, SIDE, cosines[k], sines[k]);
        }
    }
}
