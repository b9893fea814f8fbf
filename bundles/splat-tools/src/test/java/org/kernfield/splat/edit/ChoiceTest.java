package org.kernfield.splat.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.scene.Splats;

import java.util.Map;
import java.util.stream.IntStream;

class ChoiceTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** Ten splats at x = 0 … 9, called by a further property. */
    private static Splats row() {
        Splats splats = Splats.allocate(10, 1);
        var names = new float[10];
        for (int k = 0; k < 10; k++) {
            splats.means()[3 * k] = k;
            splats.sh()[12 * k] = k;
            names[k] = k;
        }
        return splats.with(Map.of("name", names));
    }

    private static float[] names(Splats splats) {
        return splats.extra().get("name");
    }

    @Test
    void regionsKeepWhatLiesInThemWithTheirBorder() {
        var box = new Region.Box(new double[] {2, -1, -1}, new double[] {4, INFINITE, INFINITE});
        assertThat(names(Choice.inside(box).apply(row()))).containsExactly(2, 3, 4);
        assertThat(names(Choice.outside(box).apply(row()))).containsExactly(0, 1, 5, 6, 7, 8, 9);
        var ball = new Region.Ball(new double[] {8, 0, 0}, 1);
        Splats kept = Choice.inside(ball).apply(row());
        assertThat(names(kept)).containsExactly(7, 8, 9);
        assertThat(kept.sh()[12]).isEqualTo(8);
    }

    @Test
    void refusesRegionsInsideOut() {
        assertThatThrownBy(() -> new Region.Box(new double[] {0, 1, 0}, new double[3]))
                .hasMessageContaining("along y");
        assertThatThrownBy(() -> new Region.Ball(new double[3], -1)).hasMessageContaining("radius");
    }

    @Test
    void expressionsKeepWhereTheyHold() {
        assertThat(names(Choice.where("x > 6.5 or name == 0").apply(row())))
                .containsExactly(0, 7, 8, 9);
    }

    @Test
    void floatersAreThoseFarFromTheOthers() {
        Splats splats = RandomSplats.of(2003, 0, 5);
        System.arraycopy(
                new float[] {40, 0, 0, 0, -30, 10, Float.NaN, 0, 0}, 0, splats.means(), 6000, 9);
        var index = new float[2003];
        IntStream.range(0, 2003).forEach(k -> index[k] = k);
        Splats kept =
                new Floaters(8, 6, Workers.SERIAL, CancelToken.NONE)
                        .apply(splats.with(Map.of("index", index)));
        assertThat(kept.count()).isEqualTo(2000);
        assertThat(kept.extra().get("index")[1999]).isEqualTo(1999);
    }

    /** Of a grid most are spaced the same, and those at its sides by at most 23 percent more. */
    @Test
    void sidesOfAnEvenGridAreNoFloaters() {
        Splats splats = RandomSplats.of(1001, 0, 6);
        for (int k = 0; k < 1000; k++) {
            splats.means()[3 * k] = k % 10;
            splats.means()[3 * k + 1] = k / 10 % 10;
            splats.means()[3 * k + 2] = k / 100;
        }
        splats.means()[3000] = 20;
        assertThat(new Floaters(6, 6, Workers.SERIAL, CancelToken.NONE).apply(splats).count())
                .isEqualTo(1000);
    }

    @Test
    void mortonsOrderKeepsEachSplatWhole() {
        Splats splats = RandomSplats.of(500, 1, 6);
        splats.means()[3 * 7] = Float.NaN;
        Splats ordered = Ordering.morton(splats);
        assertThat(ordered.means()[3 * 499]).isNaN();
        double before = path(splats);
        assertThat(path(ordered)).isLessThan(before / 4);
        for (int k = 0; k < 500; k++) {
            int at = k;
            int from =
                    IntStream.range(0, 500)
                            .filter(i -> splats.opacities()[i] == ordered.opacities()[at])
                            .findFirst()
                            .orElseThrow();
            assertThat(ordered.sh()[12 * k + 11]).isEqualTo(splats.sh()[12 * from + 11]);
            assertThat(ordered.means()[3 * k + 2]).isEqualTo(splats.means()[3 * from + 2]);
        }
    }

    private static double path(Splats splats) {
        double sum = 0;
        for (int k = 3; k < splats.means().length; k += 3) {
            double length = 0;
            for (int c = 0; c < 3; c++) {
                length += Math.abs(splats.means()[k + c] - splats.means()[k + c - 3]);
            }
            sum += Double.isNaN(length) ? 0 : length;
        }
        return sum;
    }

    @Test
    void mergingFillsUpTheLowerDegree() {
        Splats a = row();
        Splats b = RandomSplats.of(5, 2, 7);
        Splats merged = Merge.of(java.util.List.of(a, b));
        assertThat(merged.count()).isEqualTo(15);
        assertThat(merged.degree()).isEqualTo(2);
        assertThat(merged.sh()[27 * 9]).isEqualTo(9);
        assertThat(merged.sh()[27 * 9 + 12]).isZero();
        assertThat(merged.sh()[27 * 14 + 26]).isEqualTo(b.sh()[27 * 4 + 26]);
        assertThat(merged.extra().get("name")).startsWith(0, 1).endsWith(0, 0);
        assertThat(merged.rotations()).endsWith(b.rotations());
    }
}
