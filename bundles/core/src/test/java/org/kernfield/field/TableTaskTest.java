package org.kernfield.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class TableTaskTest {
    private static final List<String> INPUTS = List.of("a", "b");
    private static final List<String> TARGET = List.of("y");

    private static TableTask task(double[] x, double[] y, double[] noise, TableTask.Held held) {
        return new TableTask(INPUTS, TARGET, x, y, noise, held);
    }

    @Test
    void countsRowsAndColumns() {
        var held = new TableTask.Held(new double[] {5, 6}, new double[] {7});
        var task = task(new double[] {1, 2, 3, 4}, new double[] {5, Double.NaN}, null, held);
        assertThat(task.rows()).isEqualTo(2);
        assertThat(task.inputs()).isEqualTo(2);
        assertThat(task.outputs()).isEqualTo(1);
        assertThat(task.heldRows()).isEqualTo(1);
        assertThat(task.size()).isEqualTo(2);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        var x = new double[] {1, 2, 3, 4};
        var y = new double[] {5, 6};
        assertThatThrownBy(() -> task(x, new double[] {5}, null, null))
                .hasMessageContaining("rows of 4 numbers for 2 inputs and 1 for 1 targets");
        assertThatThrownBy(() -> task(new double[0], new double[0], null, null))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> task(new double[] {1, 2, Double.NaN, 4}, y, null, null))
                .hasMessageContaining("input");
        assertThatThrownBy(() -> task(x, new double[] {5, 1 / 0.0}, null, null))
                .hasMessageContaining("infinite");
        assertThatThrownBy(() -> task(x, y, new double[] {1}, null))
                .hasMessageContaining("1 variances of noise for 2 rows");
        assertThatThrownBy(() -> task(x, y, new double[] {1, -1}, null))
                .hasMessageContaining("variance of noise");
        assertThatThrownBy(() -> task(x, y, null, new TableTask.Held(x, new double[1])))
                .hasMessageContaining("held rows");
    }
}
