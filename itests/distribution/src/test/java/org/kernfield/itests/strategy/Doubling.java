package org.kernfield.itests.strategy;

import org.kernfield.scene.Splats;
import org.kernfield.splat.DensityStrategy;

/** A strategy of somebody else's: faint splats go, of the others the first few become two. */
public final class Doubling implements DensityStrategy {
    /** About 0.02 opaque. */
    private static final float FAINT = -4;

    @Override
    public String name() {
        return "doubling";
    }

    @Override
    public String label() {
        return "the first ones become two";
    }

    @Override
    public Refined refine(Splats splats, Watched watched, Stage stage) {
        int n = splats.count();
        int more = Math.min(Math.max(1, n / 10), Math.max(0, stage.cap() - n));
        var from = new int[n + more];
        int kept = 0;
        for (int k = 0; k < n; k++) {
            if (splats.opacities()[k] > FAINT) {
                from[kept++] = k;
                if (more-- > 0) {
                    from[kept++] = k;
                }
            }
        }
        int[] rows = java.util.Arrays.copyOf(from, kept);
        return new Refined(splats.select(rows), rows);
    }
}
