package org.kernfield.gp.kde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.field.SettingException;
import org.kernfield.field.TableTask;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.testkit.BackendCompute;

import java.util.List;

class KdeFieldTest {
    private static TableTask table(double[] x, double[] y, TableTask.Held held) {
        return new TableTask(List.of("a"), List.of("b"), x, y, null, held);
    }

    @Test
    void densityIntegratesToOne() {
        double[] points = Mixtures.points(40, 2, 5);
        var x = new double[40];
        var y = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = points[2 * i];
            y[i] = points[2 * i + 1];
        }
        double step = 0.2;
        int side = 80;
        var grid = new double[side * side * 2];
        for (int k = 0; k < side * side; k++) {
            grid[2 * k] = -5 + step * (k % side);
            grid[2 * k + 1] = -5 + step * (k / side);
        }
        var fit = new KdeFit(Columns.of(table(x, y, null)), KdeRepresentation.NORMAL);
        assertThat(fit.isDone()).isTrue();
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            var field = new KdeField(fit.finish(compute));
            double sum = 0;
            for (double log : field.logDensities(grid, compute)) {
                sum += Math.exp(log) * step * step;
            }
            assertThat(sum).isCloseTo(1, within(1e-3));
        }
    }

    @Test
    void oneNeighbourRulesWhereColumnsAreMany() {
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            double[] flat = Mixtures.points(120, 1, 2);
            var smooth = Regime.of(flat, new double[] {1}, compute);
            assertThat(smooth.label()).isEqualTo("central limit");
            assertThat(smooth.participation()).isBetween(30.0, 120.0);
            double[] wide = Mixtures.points(60, 20, 2);
            var h = new double[20];
            java.util.Arrays.fill(h, 0.3);
            assertThat(Regime.of(wide, h, compute).label()).isEqualTo("extreme value");
        }
    }

    /** Three rows at 0, 1 and 3 and h = 1: the row at 3 is the median in both figures. */
    @Test
    void participationIsWorkedOutByHand() {
        double near = Math.exp(-2);
        double far = Math.exp(-4.5);
        double ratio = (near + far) * (near + far) / (near * near + far * far);
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            var regime = Regime.of(new double[] {0, 1, 3}, new double[] {1}, compute);
            assertThat(regime.participation()).isCloseTo(ratio, within(1e-12));
            assertThat(regime.largestShare()).isCloseTo(near / (near + far), within(1e-12));
        }
    }

    @Test
    void rowsWithMissingCellsAreLeftOut() {
        double nan = Double.NaN;
        var held = new TableTask.Held(new double[] {0.5}, new double[] {0.1});
        var data = Columns.of(table(new double[] {0, 1, 2}, new double[] {1, nan, 3}, held));
        assertThat(data.points()).containsExactly(0, 1, 2, 3);
        assertThat(data.missing()).isEqualTo(1);
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            var model = new KdeFit(data, KdeRepresentation.NORMAL).finish(compute);
            var field = new KdeField(model);
            var report = field.report();
            assertThat(field.outputNames()).containsExactly("log_density");
            assertThat(report.lines()).contains("1 rows with missing cells were left out");
            assertThat(report.figures().get("heldLogDensity")).isFinite();
        }
    }

    @Test
    void columnsThatDoNotChangeAreRefused() {
        assertThatThrownBy(() -> Columns.of(table(new double[] {1, 1}, new double[] {1, 2}, null)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("a: the column does not change");
        assertThatThrownBy(() -> Columns.of(table(new double[] {1}, new double[] {1}, null)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("1 whole rows; a density needs at least 2");
    }
}
