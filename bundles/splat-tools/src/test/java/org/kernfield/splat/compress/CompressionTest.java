package org.kernfield.splat.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.compress.Compression.Method;
import org.kernfield.splat.edit.Degree;
import org.kernfield.splat.edit.Harmonics;
import org.kernfield.splat.edit.RandomSplats;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

class CompressionTest {
    private static double[] significance(Splats splats, List<View> views) {
        return Significance.of(splats, views, Workers.SERIAL, CancelToken.NONE);
    }

    /** Round splats of deviation 0.1 in front of each other on the axis of view 0. */
    private static Splats column(double... opacities) {
        Splats splats = Splats.allocate(opacities.length, 0);
        for (int k = 0; k < opacities.length; k++) {
            splats.means()[3 * k + 2] = k;
            splats.rotations()[4 * k] = 1;
            splats.opacities()[k] = (float) Math.log(opacities[k] / (1 - opacities[k]));
            for (int c = 0; c < 3; c++) {
                splats.logScales()[3 * k + c] = (float) Math.log(0.1);
            }
        }
        return splats;
    }

    private static View straight() {
        var camera =
                new org.kernfield.scene.Camera(
                        200, 200, 400, 400, 100, 100, org.kernfield.scene.Camera.Lens.PERSPECTIVE);
        return new View(
                "", camera, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {0, 0, 4});
    }

    /** ∫ o·e^(−r²/2s²) over r² ≤ 2s² ln 255o is 2πs²(o − 1/255), s² = (400·0.1/4)² + 0.3. */
    @Test
    void significanceIsTheSumOfBlendingWeights() {
        double expected = 2 * Math.PI * (100 + 0.3) * (0.5 - 1.0 / 255);
        double[] one = significance(column(0.5), List.of(straight()));
        assertThat(one[0]).isCloseTo(expected, within(expected * 1e-3));
        assertThat(significance(column(0.5), List.of(straight(), straight()))[0])
                .isEqualTo(2 * one[0]);
    }

    @Test
    void whatIsHiddenIsInsignificant() {
        double[] two = significance(column(0.5, 0.5), List.of(straight()));
        double[] behind = significance(column(0.9999, 0.5), List.of(straight()));
        double alone = significance(column(1e-9, 0.5), List.of(straight()))[1];
        assertThat(two[1]).isLessThan(0.8 * alone);
        assertThat(behind[1]).isLessThan(0.4 * alone);
        assertThat(behind[0]).isGreaterThan(0.9 * 2 * Math.PI * 100);
    }

    @Test
    void pruningKeepsTheMostSignificantInTheirOrder() {
        Splats splats = RandomSplats.of(6, 0, 1);
        var pruning = new Pruning(splats, new double[] {3, 1, 2, 5, 2, 0});
        assertThat(pruning.to(3).opacities())
                .containsExactly(
                        splats.opacities()[0], splats.opacities()[2], splats.opacities()[3]);
        assertThat(pruning.to(9)).isSameAs(splats);
    }

    private static double colourError(Splats a, Splats b, List<View> views) {
        var harmonics = new double[25];
        double sum = 0;
        for (int k = 0; k < a.count(); k++) {
            for (View view : views) {
                double[] eye = view.centre();
                var d = new double[3];
                double length = 0;
                for (int c = 0; c < 3; c++) {
                    d[c] = a.means()[3 * k + c] - eye[c];
                    length += d[c] * d[c];
                }
                length = Math.sqrt(length);
                Harmonics.evaluate(4, d[0] / length, d[1] / length, d[2] / length, harmonics);
                for (int c = 0; c < 3; c++) {
                    sum += Math.pow(colour(a, k, c, harmonics) - colour(b, k, c, harmonics), 2);
                }
            }
        }
        return sum;
    }

    private static double colour(Splats splats, int k, int channel, double[] harmonics) {
        int n = Splats.coefficients(splats.degree());
        return IntStream.range(0, n)
                .mapToDouble(i -> harmonics[i] * splats.sh()[3 * (n * k + i) + channel])
                .sum();
    }

    @Test
    void distilledColoursAreNearerThanCutOnesWhereSomebodyLooks() {
        Splats splats = RandomSplats.of(100, 3, 2);
        Ring ring = Ring.around(splats);
        List<View> views = IntStream.range(0, 16).mapToObj(k -> ring.view(k, 16, 64, 48)).toList();
        Splats distilled = new Distillation(1, views, Workers.SERIAL).apply(splats);
        Splats cut = Degree.atMost(1).apply(splats);
        assertThat(distilled.degree()).isEqualTo(1);
        assertThat(colourError(distilled, splats, views))
                .isLessThan(0.7 * colourError(cut, splats, views));
    }

    @Test
    void distillingWhatIsAlreadySimpleChangesNothing() {
        Splats splats = RandomSplats.of(20, 3, 3);
        for (int k = 0; k < splats.sh().length; k++) {
            splats.sh()[k] = k % 48 < 12 ? splats.sh()[k] : 0;
        }
        List<View> views = List.of(Ring.around(splats).view(0, 8, 64, 48));
        assertThat(new Distillation(1, views, Workers.SERIAL).apply(splats).sh())
                .isEqualTo(Degree.atMost(1).apply(splats).sh());
    }

    @Test
    void coarserNumbersAreFewAndNear() {
        Splats splats = RandomSplats.of(5000, 0, 4);
        splats.opacities()[0] = Float.POSITIVE_INFINITY;
        Splats coarse = new Coarsening(32, 0.25, 12).apply(splats);
        assertThat(different(coarse.means())).isLessThanOrEqualTo(3 * 4097 + 3);
        assertThat(different(coarse.logScales())).isLessThanOrEqualTo(17);
        assertThat(different(coarse.opacities())).isLessThanOrEqualTo(33);
        assertThat(coarse.opacities()[0]).isEqualTo(Float.POSITIVE_INFINITY);
        for (int k = 0; k < 5000; k++) {
            double dot = 0;
            double norm = 0;
            for (int c = 0; c < 4; c++) {
                dot += splats.rotations()[4 * k + c] * coarse.rotations()[4 * k + c];
                norm += Math.pow(splats.rotations()[4 * k + c], 2);
            }
            // three components, each off by up to 1/31 of √½
            assertThat(Math.abs(dot) / Math.sqrt(norm)).isGreaterThan(0.996);
            for (int c = 0; c < 3; c++) {
                // 1/4096 of log 3 − log ⅓, half of it, where d symlog/dx is least
                assertThat(coarse.means()[3 * k + c])
                        .isCloseTo(splats.means()[3 * k + c], within(8.1e-4f));
                assertThat(coarse.logScales()[3 * k + c])
                        .isCloseTo(splats.logScales()[3 * k + c], within(0.1251f));
            }
            double opacity = 1 / (1 + Math.exp(-splats.opacities()[k]));
            assertThat(1 / (1 + Math.exp(-coarse.opacities()[k])))
                    .isCloseTo(opacity, within(0.5 / 31 + 0.02));
        }
    }

    private static int different(float[] values) {
        Set<Float> all = new HashSet<>();
        for (float value : values) {
            all.add(value);
        }
        return all.size();
    }

    /** A format that needs a byte a splat and one for each different number. */
    private static long bytes(Splats splats) {
        return splats.count() + different(splats.means()) + different(splats.sh());
    }

    private static Splats to(long bytes, Method method, Splats splats) throws IOException {
        var compression =
                new Compression(
                        CompressionTest::bytes, s -> Double.NaN, Workers.SERIAL, CancelToken.NONE);
        Splats made = compression.to(bytes, method, splats, List.of());
        assertThat(bytes(made)).isLessThanOrEqualTo(bytes);
        return made;
    }

    @Test
    void quantisedColoursAreMeansWeightedBySignificance() {
        Splats splats = Splats.allocate(4, 1);
        float[] reds = {1, 3, -5, -5};
        for (int k = 0; k < 4; k++) {
            splats.sh()[12 * k] = k;
            splats.sh()[12 * k + 3] = reds[k];
        }
        float[] sh = new Quantisation(2, new double[] {3, 1, 3, 1}).apply(splats).sh();
        for (int k = 0; k < 4; k++) {
            assertThat(sh[12 * k]).isEqualTo(k);
            // (3·1 + 1·3)/4
            assertThat(sh[12 * k + 3]).isCloseTo(k < 2 ? 1.5f : -5, within(1e-3f));
        }
        assertThat(splats.sh()[3]).isEqualTo(1);
    }

    @Test
    void whatWeighsMoreIsKeptMoreExactly() {
        Splats splats = RandomSplats.of(400, 2, 9);
        var significance = new double[400];
        for (int k = 0; k < 400; k++) {
            significance[k] = k < 100 ? 50 : 1;
        }
        float[] sh = new Quantisation(64, significance).apply(splats).sh();
        var errors = new double[2];
        for (int k = 0; k < sh.length; k++) {
            errors[k < 100 * 27 ? 0 : 1] += Math.pow(sh[k] - splats.sh()[k], 2);
        }
        assertThat(errors[0] / 100).isLessThan(0.7 * errors[1] / 300);
    }

    /** Bytes of a format that keeps differences of neighbours in a picture's rows and columns. */
    private static long pictureBytes(Splats splats) {
        int width = org.kernfield.numerics.GridSort.width(splats.count());
        double bits = 0;
        for (int k = width; k < splats.count(); k++) {
            for (int c = 0; c < 3; c++) {
                double above = splats.means()[3 * k + c] - splats.means()[3 * (k - width) + c];
                bits += Math.log(1 + 1000 * Math.abs(above));
            }
        }
        return (long) bits;
    }

    @Test
    void gridSortsBeforeItRounds() throws IOException {
        Splats splats = RandomSplats.of(1500, 0, 10);
        long size = pictureBytes(splats);
        var compression =
                new Compression(
                        CompressionTest::pictureBytes,
                        s -> Double.NaN,
                        Workers.SERIAL,
                        CancelToken.NONE);
        Splats made = compression.to(size * 9 / 10, Method.GRID, splats, List.of());
        assertThat(compression.steps()).containsExactly("sorted on a grid");
        assertThat(sorted(made.means())).isEqualTo(sorted(splats.means()));
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted;
    }

    @Test
    void saysThatAFormatGainsNothing() {
        Splats splats = RandomSplats.of(100, 1, 11);
        for (Method method : List.of(Method.GRID, Method.QUANTISE)) {
            var compression =
                    new Compression(
                            s -> 10L * s.count(),
                            s -> Double.NaN,
                            Workers.SERIAL,
                            CancelToken.NONE);
            assertThatThrownBy(() -> compression.to(500, method, splats, List.of()))
                    .hasMessageContaining("makes this format no smaller than 1,000 bytes")
                    .hasMessageContaining("use prune, merge or auto, or write .sog");
        }
    }

    @Test
    void everyMethodReachesTheSizeAndDoesNoMore() throws IOException {
        Splats splats = RandomSplats.of(2000, 2, 5);
        long size = bytes(splats);
        assertThat(to(size, Method.AUTO, splats)).isSameAs(splats);
        assertThat(bytes(to(size * 3 / 4, Method.PRUNE, splats))).isGreaterThan(size * 7 / 10);
        assertThat(bytes(to(size * 3 / 4, Method.MERGE, splats))).isGreaterThan(size * 7 / 10);
        assertThat(to(size / 2, Method.DISTIL, splats).degree()).isEqualTo(0);
        assertThat(different(to(size / 2, Method.QUANTISE, splats).sh())).isLessThan(24_000);
        assertThat(to(size / 20, Method.AUTO, splats).degree()).isLessThan(2);
        assertThatThrownBy(() -> to(10, Method.DISTIL, splats))
                .hasMessageStartingWith("distil: leaves ");
    }

    @Test
    void namesWhatCannotBeCompressed() {
        Splats splats = RandomSplats.of(10, 0, 8);
        splats.logScales()[3] = Float.NEGATIVE_INFINITY;
        splats.means()[13] = Float.POSITIVE_INFINITY;
        for (Method method : Method.values()) {
            assertThatThrownBy(() -> to(10, method, splats))
                    .hasMessageContaining("splat 4: its mean is not finite, so it cannot be comp");
        }
    }

    @Test
    void theMixtureThatLooksBestIsTaken() throws IOException {
        Splats splats = RandomSplats.of(2000, 0, 7);
        for (int wanted : new int[] {32, 64}) {
            var compression =
                    new Compression(
                            CompressionTest::bytes,
                            s -> -Math.abs(different(s.opacities()) - wanted),
                            Workers.SERIAL,
                            CancelToken.NONE);
            Splats made = compression.to(bytes(splats) / 2, Method.AUTO, splats, List.of());
            assertThat(different(made.opacities())).isBetween(wanted / 2 + 1, wanted);
            assertThat(compression.steps()).hasSizeBetween(2, 3);
        }
    }

    @Test
    void aMixtureThatFitsIsTakenBeforeOneThatLooksBetter() throws IOException {
        Splats splats = RandomSplats.of(200, 3, 12);
        var compression =
                new Compression(
                        s -> 1000L * s.degree() + s.count(),
                        Splats::degree,
                        Workers.SERIAL,
                        CancelToken.NONE);
        Splats made = compression.to(1100, Method.AUTO, splats, List.of());
        assertThat(made.degree()).isEqualTo(1);
        assertThat(compression.steps()).contains("colours of degree 1 for 3");
    }

    @Test
    void triesTheLargestCodeBookFirst() throws IOException {
        Splats splats = RandomSplats.of(66_000, 1, 13);
        var compression =
                new Compression(
                        s -> different(s.sh()), s -> Double.NaN, Workers.SERIAL, CancelToken.NONE);
        Splats made =
                compression.to(
                        different(splats.sh()) - 1, Method.QUANTISE, splats, List.of(straight()));
        assertThat(compression.steps())
                .containsExactly("colours of degrees above 0 from a book of 65,536");
        assertThat(made.count()).isEqualTo(66_000);
    }

    @Test
    void bitsDoNotDependOnTheThreads() {
        Splats splats = RandomSplats.of(500, 1, 6);
        List<View> views = Surroundings.of(splats, 9, 40);
        var two =
                new Workers() {
                    @Override
                    public int count() {
                        return 2;
                    }

                    @Override
                    public void forEach(int parts, java.util.function.IntConsumer part) {
                        IntStream.range(0, parts).parallel().forEach(part);
                    }
                };
        assertThat(Significance.of(splats, views, two, CancelToken.NONE))
                .isEqualTo(significance(splats, views));
    }
}
