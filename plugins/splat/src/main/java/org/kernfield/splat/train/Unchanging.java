package org.kernfield.splat.train;

import org.kernfield.scene.Splats;
import org.kernfield.splat.DensityStrategy;

import java.util.Arrays;

/** No refinement at all. */
final class Unchanging implements DensityStrategy {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public String label() {
        return "as many splats as there are";
    }

    @Override
    public Refined refine(Splats splats, Watched watched, Stage stage) {
        return same(splats);
    }

    /** The splats as they are. */
    static Refined same(Splats splats) {
        var rows = new int[splats.count()];
        Arrays.setAll(rows, k -> k);
        return new Refined(splats, rows);
    }
}
