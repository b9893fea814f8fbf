package org.kernfield.splat.compress;

import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.Choice;

import java.util.Arrays;

/** Keeps the most significant splats, in their order. */
public final class Pruning {
    private final Splats splats;
    private final double[] significance;
    private final double[] descending;

    /**
     * @param significance a number for each splat, see {@link Significance}; not modified
     */
    public Pruning(Splats splats, double[] significance) {
        if (significance.length != splats.count()) {
            throw new IllegalArgumentException(
                    "pruning: %d numbers for %d splats; give one each"
                            .formatted(significance.length, splats.count()));
        }
        this.splats = splats;
        this.significance = significance;
        this.descending = Arrays.stream(significance).map(x -> -x).sorted().toArray();
    }

    /** The {@code count} most significant splats; of equally significant ones the first. */
    public Splats to(int count) {
        if (count >= splats.count()) {
            return splats;
        }
        double least = -descending[Math.max(1, count) - 1];
        int above = (int) Arrays.stream(significance).filter(x -> x > least).count();
        var equal = new int[] {Math.max(1, count) - above};
        return Choice.keep(
                splats, k -> significance[k] > least || significance[k] == least && equal[0]-- > 0);
    }
}
