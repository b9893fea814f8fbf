package org.kernfield.splat.edit;

import org.kernfield.numerics.Morton;
import org.kernfield.numerics.RadixSort;
import org.kernfield.scene.Splats;

import java.util.Arrays;

/** Edits that only change the order of splats. */
public final class Ordering {
    private Ordering() {}

    /** Along Morton's curve through the means; splats without a finite mean come last. */
    public static Splats morton(Splats splats) {
        int n = splats.count();
        int finite = 0;
        var order = new int[n];
        for (int k = 0, last = n; k < n; k++) {
            if (isFinite(splats.means(), k)) {
                order[finite++] = k;
            } else {
                order[--last] = k;
            }
        }
        // those at the end were filled in backwards
        for (int i = finite, j = n - 1; i < j; i++, j--) {
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        int[] placed = Arrays.copyOf(order, finite);
        float[] means = RadixSort.gather(splats.means(), 3, placed);
        int[] sorted = RadixSort.orderUnsigned(Morton.codes(means, 3));
        for (int k = 0; k < finite; k++) {
            order[k] = placed[sorted[k]];
        }
        return splats.select(order);
    }

    private static boolean isFinite(float[] means, int k) {
        return Float.isFinite(means[3 * k])
                && Float.isFinite(means[3 * k + 1])
                && Float.isFinite(means[3 * k + 2]);
    }
}
