package org.kernfield.cpu.internal.linear;

/**
 * A product of rotations of neighbouring rows, which are collected and then applied in order to a
 * strip of columns at a time, each strip by one thread. Strips lie one after the other: rows of a
 * whole matrix would be a page apart. Runs of rotations that go from row to row in one direction
 * keep the row that two of them share in registers.
 */
final class Rotations {
    private static final int MOST = 1 << 16;

    /** Rotations for each row that are collected at most. */
    private static final int TURNS = 64;

    private final Crew crew;
    private final DoubleKernel kernel;
    private final int n;
    private final int width;
    private final double[] strips;

    /** 1 if runs go from the first row down, −1 if they go up. */
    private final int direction;

    private final double[] cosines;
    private final double[] sines;
    private int count;

    /** For each run, where it begins among the rotations and at which row. */
    private final int[] begins;

    private final int[] firstRows;
    private int runs;
    private int next;

    /**
     * Begins with the identity.
     *
     * @param n rows and columns
     */
    Rotations(Call<double[]> call, DoubleKernel kernel, int n, boolean isDown) {
        this.crew = call.crew();
        this.kernel = kernel;
        this.n = n;
        this.width = kernel.columns();
        this.direction = isDown ? 1 : -1;
        strips = call.matrix((n + width - 1) / width * width, n).data();
        for (int i = 0; i < n; i++) {
            strips[index(i, i)] = 1;
        }
        int most = (int) Math.min(MOST, (long) TURNS * n);
        cosines = new double[most];
        sines = new double[most];
        begins = new int[most + 1];
        firstRows = new int[most];
    }

    private int index(int i, int j) {
        return (j / width * n + i) * width + j % width;
    }

    /** The element (i, j) after what was applied. */
    double get(int i, int j) {
        return strips[index(i, j)];
    }

    /** Rows i and i + 1 ← c·p − s·q and s·p + c·q. */
    void add(int i, double c, double s) {
        if (count == cosines.length) {
            apply();
        }
        if (runs == 0 || i != next) {
            begins[runs] = count;
            firstRows[runs] = direction > 0 ? i : i + 1;
            runs++;
        }
        next = i + direction;
        cosines[count] = c;
        sines[count] = direction * s;
        count++;
    }

    void apply() {
        begins[runs] = count;
        crew.forEach(
                strips.length / Math.max(1, n * width),
                4.0 * count * n,
                p -> {
                    for (int k = 0; k < runs; k++) {
                        int at = (p * n + firstRows[k]) * width;
                        kernel.rotate(
                                cosines,
                                sines,
                                begins[k],
                                begins[k + 1],
                                strips,
                                at,
                                direction * width);
                    }
                });
        count = 0;
        runs = 0;
    }
}
