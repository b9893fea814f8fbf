package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

import java.util.function.IntPredicate;

/** Edits that keep some splats, in their order, and drop the others. */
public final class Choice {
    private Choice() {}

    /** Keeps the splats whose means lie in {@code region}. */
    public static Edit inside(Region region) {
        return splats -> keep(splats, k -> isIn(region, splats.means(), k));
    }

    /** Keeps the splats whose means do not lie in {@code region}. */
    public static Edit outside(Region region) {
        return splats -> keep(splats, k -> !isIn(region, splats.means(), k));
    }

    private static boolean isIn(Region region, float[] means, int splat) {
        return region.contains(means[3 * splat], means[3 * splat + 1], means[3 * splat + 2]);
    }

    /**
     * Keeps the splats for which an {@link AttributeExpression} holds.
     *
     * @throws IllegalArgumentException when it is applied, for a mistake in the text, saying where
     */
    public static Edit where(String expression) {
        return splats -> keep(splats, AttributeExpression.parse(expression, splats));
    }

    /** Keeps the rows for which {@code wanted} holds; the same splats where that is all of them. */
    public static Splats keep(Splats splats, IntPredicate wanted) {
        var kept = new int[splats.count()];
        int count = 0;
        for (int k = 0; k < kept.length; k++) {
            if (wanted.test(k)) {
                kept[count++] = k;
            }
        }
        return count == kept.length ? splats : splats.select(java.util.Arrays.copyOf(kept, count));
    }
}
