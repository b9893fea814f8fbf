package org.kernfield.splat.edit;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.Morton;
import org.kernfield.numerics.RadixSort;
import org.kernfield.numerics.neighbours.NeighbourSearch;
import org.kernfield.scene.Splats;

import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Fewer splats, by merging neighbours whose mixture changes least ({@link Moments}). A round looks
 * at the pairs of near neighbours, cheapest first, and merges those that no earlier pair has
 * touched; each round makes at most a quarter fewer, so that later pairs are chosen among merged
 * ones. Where many lie at one place and have the same few for neighbours, pairs run short, and
 * those at one place are merged instead; where there are hardly any pairs, neighbours along
 * Morton's curve are merged as well.
 *
 * @param count splats wanted, at least 1
 * @param workers for the neighbours and costs
 * @param cancel polled meanwhile
 */
public record Decimation(int count, Workers workers, CancelToken cancel) implements Edit {
    private static final int NEIGHBOURS = 6;
    private static final int SHARE_OF_A_ROUND = 4;
    private static final int BLOCK = 4096;

    /** A round that merges less than one of so many is stuck. */
    private static final int STUCK = 100;

    public Decimation {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "decimating to " + count + " splats: nothing would be left; give 1 or more");
        }
    }

    /**
     * @throws IllegalArgumentException naming the first splat with a number that {@link
     *     FiniteNumbers} refuses
     */
    @Override
    public Splats apply(Splats splats) {
        Splats left = splats;
        while (left.count() > count) {
            FiniteNumbers.require(left, "merged");
            left = round(left);
        }
        return left;
    }

    private Splats round(Splats splats) {
        int n = splats.count();
        int wanted = Math.min(n - count, Math.max(1, n / SHARE_OF_A_ROUND));
        NeighbourLists near =
                NeighbourSearch.of(splats.means(), 3, workers, cancel)
                        .nearestOthers(Math.min(NEIGHBOURS, n - 1), workers, cancel);
        var moments = new Moments(splats);
        int[] partners = partners(near, moments, n, wanted);
        boolean isShort = paired(partners) < wanted;
        return merged(splats, moments, isShort ? more(splats.means(), partners, wanted) : partners);
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

    private static int paired(int[] partners) {
        return (int) Arrays.stream(partners).filter(partner -> partner >= 0).count() / 2;
    }

    /** Partners at one place if those are more, else these, and more along the curve if stuck. */
    private int[] more(float[] means, int[] partners, int wanted) {
        int[] curve = RadixSort.orderUnsigned(Morton.codes(means, 3), workers, cancel);
        var atOnePlace = new int[partners.length];
        Arrays.fill(atOnePlace, -1);
        int pairs = paired(partners);
        if (pairAlong(curve, means, true, atOnePlace, wanted) > pairs) {
            return atOnePlace;
        }
        if (pairs < Math.ceilDiv(partners.length, STUCK)) {
            pairAlong(curve, means, false, partners, wanted - pairs);
        }
        return partners;
    }

    /** Pairs those that no pair has touched with the next of them, and says how many pairs. */
    private static int pairAlong(
            int[] curve, float[] means, boolean isAtOnePlace, int[] partners, int most) {
        int pairs = 0;
        int before = -1;
        for (int at = 0; at < curve.length && pairs < most; at++) {
            int k = curve[at];
            if (partners[k] < 0) {
                if (before >= 0 && (!isAtOnePlace || isSamePlace(means, before, k))) {
                    partners[k] = before;
                    partners[before] = k;
                    before = -1;
                    pairs++;
                } else {
                    before = k;
                }
            }
        }
        return pairs;
    }

    private static boolean isSamePlace(float[] means, int i, int j) {
        return means[3 * i] == means[3 * j]
                && means[3 * i + 1] == means[3 * j + 1]
                && means[3 * i + 2] == means[3 * j + 2];
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
