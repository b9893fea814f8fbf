package org.kernfield.splat.train;

import org.kernfield.scene.Splats;
import org.kernfield.splat.DensityStrategy.Refined;

import java.util.Arrays;

/** A refinement that changes nothing. */
final class Unchanging {
    private Unchanging() {}

    /** The splats as they are. */
    static Refined same(Splats splats) {
        var rows = new int[splats.count()];
        Arrays.setAll(rows, k -> k);
        return new Refined(splats, rows);
    }
}
