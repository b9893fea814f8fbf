package org.kernfield.cpu.internal.linear;

/**
 * Rotations of neighbouring rows, collected and then applied in order to a strip of columns at a
 * time, each strip by one thread.
 */
final class Rotations {
    private static final int COLUMNS_A_PART = 32;
    private static final int MOST = 1 << 16;

    private final Crew crew;
    private final View<double[]> rows;
    private final int[] places = new int[MOST];
    private final double[] cosines = new double[MOST];
    private final double[] sines = new double[MOST];
    private int count;

    Rotations(Crew crew, View<double[]> rows) {
        this.crew = crew;
        this.rows = rows;
    }

    /** Rows i and i + 1 ← c·p − s·q and s·p + c·q. */
    void add(int i, double c, double s) {
        if (count == MOST) {
            apply();
        }
        places[count] = i;
        cosines[count] = c;
        sines[count] = s;
        count++;
    }

    void apply() {
        int parts = (rows.columns() + COLUMNS_A_PART - 1) / COLUMNS_A_PART;
        crew.forEach(
                parts,
                4.0 * count * rows.columns(),
                p -> {
                    int first = p * COLUMNS_A_PART;
                    int width = Math.min(COLUMNS_A_PART, rows.columns() - first);
                    for (int k = 0; k < count; k++) {
                        int at = rows.at(places[k], first);
                        Loops.rotate(
                                rows.data(),
                                at,
                                rows.data(),
                                at + rows.rowStride(),
                                width,
                                cosines[k],
                                sines[k]);
                    }
                });
        count = 0;
    }
}
