package org.kernfield.cpu.internal.linear;

/** Four by four numbers in plain loops, where the Vector API is not in the process. */
final class PlainFloatKernel implements FloatKernel {
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
    public void run(int depth, float[] left, int l, float[] right, int r, float[] tile, int at) {
        for (int i = 0; i < SIDE; i++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int k = 0; k < depth; k++) {
                float factor = left[l + SIDE * k + i];
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
    public void merge(float alpha, float[] tile, int from, float[] c, int at, int stride) {
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                c[at + i * stride + j] += alpha * tile[from + SIDE * i + j];
            }
        }
    }

    @Override
    public void substitute(float[] triangle, int from, float[] tile, int at) {
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                float sum = tile[at + SIDE * i + j];
                for (int p = 0; p < i; p++) {
                    sum += triangle[from + SIDE * i + p] * tile[at + SIDE * p + j];
                }
                tile[at + SIDE * i + j] = sum * triangle[from + SIDE * i + i];
            }
        }
    }
}
