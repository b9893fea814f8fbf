package org.kernfield.io.internal.splat;

import org.kernfield.numerics.Morton;
import org.kernfield.numerics.RadixSort;
import org.kernfield.scene.Splats;

import java.util.Random;
import java.util.stream.IntStream;

/** Splats of usual sizes, in Morton order, so that formats which sort keep their order. */
public final class SomeSplats {
    private SomeSplats() {}

    public static Splats of(int count, int degree, long seed) {
        var random = new Random(seed);
        var splats = Splats.allocate(count, degree);
        fill(splats.means(), random, -2, 2);
        fill(splats.logScales(), random, -7, -1);
        fill(splats.opacities(), random, -4, 4);
        fill(splats.sh(), random, -0.9f, 0.9f);
        fill(splats.rotations(), random, -1, 1);
        for (int k = 0; k < count; k++) {
            double norm = 0;
            for (int c = 0; c < 4; c++) {
                norm += Math.pow(splats.rotations()[4 * k + c], 2);
            }
            for (int c = 0; c < 4; c++) {
                splats.rotations()[4 * k + c] /= (float) Math.sqrt(norm);
            }
        }
        return splats.select(RadixSort.orderUnsigned(Morton.codes(splats.means(), 3)));
    }

    private static void fill(float[] values, Random random, float low, float high) {
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat(low, high);
        }
    }

    /**
     * How far a format may be off.
     *
     * @param mean of a coordinate
     * @param logScale of a logarithm
     * @param rotation of a component, either sign of the quaternion
     * @param opacity of an opacity in [0, 1]
     * @param colour of the first coefficients
     * @param harmonics of the others
     */
    public record Tolerance(
            double mean,
            double logScale,
            double rotation,
            double opacity,
            double colour,
            double harmonics) {
        public static final Tolerance EXACT = new Tolerance(0, 0, 0, 0, 0, 0);

        /** Whether every number is as near as it should be. */
        public boolean holds(Splats read, Splats written) {
            return read.count() == written.count()
                    && read.degree() == written.degree()
                    && IntStream.range(0, read.count()).allMatch(k -> isNear(read, written, k));
        }

        private boolean isNear(Splats a, Splats b, int k) {
            int width = 3 * Splats.coefficients(a.degree());
            double turned = 0;
            for (int c = 0; c < 4; c++) {
                turned += a.rotations()[4 * k + c] * b.rotations()[4 * k + c];
            }
            float sign = turned < 0 ? -1 : 1;
            boolean near = Math.abs(opacity(a, k) - opacity(b, k)) <= opacity;
            for (int c = 0; c < 4; c++) {
                double difference = a.rotations()[4 * k + c] - sign * b.rotations()[4 * k + c];
                near &= Math.abs(difference) <= rotation;
            }
            return near
                    && near(a.means(), b.means(), 3 * k, 3, mean)
                    && near(a.logScales(), b.logScales(), 3 * k, 3, logScale)
                    && near(a.sh(), b.sh(), width * k, 3, colour)
                    && near(a.sh(), b.sh(), width * k + 3, width - 3, harmonics);
        }

        private static double opacity(Splats splats, int k) {
            return Activation.sigmoid(splats.opacities()[k]);
        }

        private static boolean near(float[] a, float[] b, int at, int n, double tolerance) {
            for (int k = at; k < at + n; k++) {
                if (a[k] != b[k] && !(Math.abs(a[k] - b[k]) <= tolerance)) {
                    return false;
                }
            }
            return true;
        }
    }
}
