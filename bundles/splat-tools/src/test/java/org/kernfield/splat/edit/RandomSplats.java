package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

import java.util.Random;

/** Splats of usual sizes at random places. */
public final class RandomSplats {
    private RandomSplats() {}

    public static Splats of(int count, int degree, long seed) {
        var random = new Random(seed);
        var splats = Splats.allocate(count, degree);
        fill(splats.means(), random, -2, 2);
        fill(splats.logScales(), random, -6, -2);
        fill(splats.opacities(), random, -4, 4);
        fill(splats.sh(), random, -0.9f, 0.9f);
        fill(splats.rotations(), random, -1, 1);
        return splats;
    }

    private static void fill(float[] values, Random random, float low, float high) {
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat(low, high);
        }
    }
}
