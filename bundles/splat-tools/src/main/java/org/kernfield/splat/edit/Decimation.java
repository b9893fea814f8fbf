package org.kernfield.splat.edit;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.RadixSort;
import org.kernfield.numerics.neighbours.NeighbourSearch;
import org.kernfield.scene.Splats;

import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Fewer splats, by merging neighbours whose mixture changes least ({@link Moments}). A round looks
 * at the pairs of near neighbours, cheapest first, and merges those that no earlier pair has
 * touched; each round makes at most a quarter fewer, so that later pairs are chosen among merged
 * ones.
 *
 * @param count splats wanted, at least 1
 * @param workers for the neighbours and costs
 * @param cancel polled meanwhile
 */
public record Decimation(int count, Workers workers, CancelToken cancel) implements Edit {
    private static final int NEIGHBOURS = 6;
    private static final int SHARE_OF_A_ROUND = 4;
    private static final int BLOCK = 4096;

    public Decimation {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "decimating to " + count + " splats: nothing would be left; give 1 or more");
        }
    }

    /**
     * @throws IllegalArgumentException naming the first splat with a number that is not finite
     */
    @Override
    public Splats apply(Splats splats) {
        Splats left = splats;
        while (left.count() > count) {
            requireFinite(left);
            left = round(left);
        }
        return left;
    }

    private static void requireFinite(Splats splats) {
        requireFinite("mean", splats.means(), 3);
        requireFinite("scale", splats.logScales(), 3);
        requireFinite("rotation", splats.rotations(), 4);
        requireFinite("colour", splats.sh(), 3 * Splats.coefficients(splats.degree()));
        for (int k = 0; k < splats.count(); k++) {
            if (Float.isNaN(splats.opacities()[k])) {
                throw unfit(k, "opacity");
            }
        }
    }

    private static void requireFinite(String what, float[] values, int width) {
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw unfit(k / width, what);
            }
        }
    }

    private static IllegalArgumentException unfit(int splat, String what) {
        return new IllegalArgumentException(
                "splat %d: its %s is not finite, so it cannot be merged; drop such splats first"
                        .formatted(splat, what));
    }

    private Splats round(Splats splats) {
        int n = splats.count();
        int wanted = Math.min(n - count, Math.max(1, n / SHARE_OF_A_ROUND));
        NeighbourLists near =
                NeighbourSearch.of(splats.means(), 3, workers, cancel)
                        .nearestOthers(Math.min(NEIGHBOURS, n - 1), workers, cancel);
        var moments = new Moments(splats);
        int[] partners = partners(near, moments, n, wanted);
        return merged(splats, moments, partners);
    }

    /** For each splat the one it is merged with, −1 for none. */
    private int[] partners(NeighbourLists near, Moments moments, int n, int wanted) {
        int[] offsets = near.offsets();
        int[] others = near.indices();
        var costs = new double[others.length];
        var first = new int[others.length];
        workers.forEach(
                Math.ceilDiv(n, BLOCK),
                block -> {
                    for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
                        cancel.check();
                        for (int at = offsets[i]; at < offsets[i + 1]; at++) {
                            first[at] = i;
                            costs[at] = moments.cost(i, others[at]);
                        }
                    }
                });
        var partners = new int[n];
        Arrays.fill(partners, -1);
        int merged = 0;
        for (int at : RadixSort.order(costs, workers, cancel)) {
            int i = first[at];
            int j = others[at];
            if (partners[i] < 0 && partners[j] < 0) {
                partners[i] = j;
                partners[j] = i;
                if (++merged == wanted) {
                    break;
                }
            }
        }
        return partners;
    }

    private static Splats merged(Splats splats, Moments moments, int[] partners) {
        var kept = new int[splats.count()];
        int left = 0;
        for (int k = 0; k < kept.length; k++) {
            if (partners[k] < 0 || partners[k] > k) {
                kept[left++] = k;
            }
        }
        Splats target = copy(splats.select(Arrays.copyOf(kept, left)));
        for (int row = 0; row < left; row++) {
            int partner = partners[kept[row]];
            if (partner >= 0) {
                moments.merge(kept[row], partner, target, row);
            }
        }
        return target;
    }

    /** Further properties in arrays of their own, which may be written to. */
    private static Splats copy(Splats splats) {
        var extra = new LinkedHashMap<String, float[]>();
        splats.extra().forEach((name, values) -> extra.put(name, values.clone()));
        return splats.with(extra);
    }
}
