package org.kernfield.splat.inspect;

import org.kernfield.numerics.RadixSort;
import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What looks wrong about splats. */
public final class Oddities {
    /** A splat larger than this many times the scene is a mistake rather than a sky. */
    private static final double HUGE = 10;

    /** A splat farther than this many median distances from the centre is alone. */
    private static final double FAR = 100;

    /** Of {@link Ring}: radius by median distance. */
    private static final double RADIUS = 3;

    /** Opacities up to this are never drawn. */
    private static final double INVISIBLE = Math.log(1.0 / 254);

    private final Splats splats;
    private final List<String> sentences = new ArrayList<>();

    private Oddities(Splats splats) {
        this.splats = splats;
    }

    /** One phrase for each kind of oddity there is, with the number of splats. */
    public static List<String> of(Splats splats) {
        var oddities = new Oddities(splats);
        oddities.look();
        return List.copyOf(oddities.sentences);
    }

    private void look() {
        int width = 3 * Splats.coefficients(splats.degree());
        tell("with a position that is no number", k -> hasOdd(splats.means(), 3, k));
        tell("with a colour that is no number", k -> hasOdd(splats.sh(), width, k));
        tell("with a rotation that is no number", k -> hasOdd(splats.rotations(), 4, k));
        tell("with a scale that is no number", k -> Float.isNaN(largest(k)));
        tell("with an opacity that is no number", k -> Float.isNaN(splats.opacities()[k]));
        tell("with a rotation of length 0", this::hasNoRotation);
        double most = Math.log(HUGE * Math.max(diagonal(), Float.MIN_NORMAL));
        tell("more than ten times as large as the scene", k -> isMany() && largest(k) > most);
        tell("too faint to be seen", k -> splats.opacities()[k] < INVISIBLE);
        Ring ring = Ring.around(splats);
        double far = FAR / RADIUS * ring.radius();
        tell("very far from the others", k -> isMany() && isBeyond(far, k, ring.centre()));
        int repeated = repeated();
        if (repeated > 0) {
            tell(repeated, "that repeat another one");
        }
    }

    private boolean isMany() {
        return splats.count() > 1;
    }

    private static boolean hasOdd(float[] values, int width, int row) {
        for (int c = 0; c < width; c++) {
            if (!Float.isFinite(values[width * row + c])) {
                return true;
            }
        }
        return false;
    }

    /** Largest logarithm of a scale; NaN if one is. */
    private float largest(int k) {
        float[] scales = splats.logScales();
        return Math.max(scales[3 * k], Math.max(scales[3 * k + 1], scales[3 * k + 2]));
    }

    private boolean hasNoRotation(int k) {
        float[] q = splats.rotations();
        return q[4 * k] == 0 && q[4 * k + 1] == 0 && q[4 * k + 2] == 0 && q[4 * k + 3] == 0;
    }

    private boolean isBeyond(double far, int k, double[] centre) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double d = splats.means()[3 * k + c] - centre[c];
            sum += d * d;
        }
        return sum > far * far && sum < Double.POSITIVE_INFINITY;
    }

    /** Of the box of all finite means. */
    private double diagonal() {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            int axis = c;
            var finite =
                    IntStream.range(0, splats.count())
                            .mapToDouble(k -> splats.means()[3 * k + axis])
                            .filter(Double::isFinite)
                            .summaryStatistics();
            double side = finite.getMax() - finite.getMin();
            sum += side > 0 ? side * side : 0;
        }
        return Math.sqrt(sum);
    }

    /** Splats of the same place, shape, opacity and colour as one before them. */
    private int repeated() {
        var hashes = new long[splats.count()];
        for (int k = 0; k < hashes.length; k++) {
            long hash = 0;
            for (int c = 0; c < 3; c++) {
                hash = mixed(hash, splats.means()[3 * k + c]);
                hash = mixed(hash, splats.logScales()[3 * k + c]);
            }
            hashes[k] = mixed(hash, splats.opacities()[k]);
        }
        int[] order = RadixSort.orderUnsigned(hashes);
        int repeated = 0;
        for (int at = 1; at < order.length; at++) {
            boolean isAlike = hashes[order[at]] == hashes[order[at - 1]];
            repeated += isAlike && isSame(order[at], order[at - 1]) ? 1 : 0;
        }
        return repeated;
    }

    private static long mixed(long hash, float value) {
        long next = (hash ^ Float.floatToIntBits(value)) * 0x9E3779B97F4A7C15L;
        return next ^ next >>> 29;
    }

    private boolean isSame(int i, int j) {
        int width = 3 * Splats.coefficients(splats.degree());
        return isSame(splats.means(), 3, i, j)
                && isSame(splats.logScales(), 3, i, j)
                && isSame(splats.rotations(), 4, i, j)
                && isSame(splats.opacities(), 1, i, j)
                && isSame(splats.sh(), width, i, j);
    }

    private static boolean isSame(float[] values, int width, int i, int j) {
        return Arrays.equals(
                values, width * i, width * (i + 1), values, width * j, width * (j + 1));
    }

    private void tell(String what, IntPredicate isOdd) {
        int count = (int) IntStream.range(0, splats.count()).filter(isOdd).count();
        if (count > 0) {
            tell(count, what);
        }
    }

    private void tell(int count, String what) {
        sentences.add("%,d %s %s".formatted(count, count == 1 ? "splat" : "splats", what));
    }
}
