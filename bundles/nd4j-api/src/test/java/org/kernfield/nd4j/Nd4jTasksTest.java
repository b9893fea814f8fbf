package org.kernfield.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Kernfield;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import java.nio.file.Path;

/** Samples from INDArrays, values on INDArrays. */
class Nd4jTasksTest {
    @TempDir Path home;

    @Test
    void takesPicturesRowByRow() {
        INDArray picture = Nd4j.arange(24).castTo(DataType.DOUBLE).div(23).reshape(2, 4, 3);
        var image = Nd4jTasks.image(picture).image();
        assertThat(image.width()).isEqualTo(4);
        assertThat(image.get(3, 1, 2)).isEqualTo((float) picture.getDouble(1, 3, 2));
        assertThat(Nd4jTasks.image(picture.sum(2)).image().channels()).isEqualTo(1);
    }

    @Test
    void takesTables() {
        var table =
                Nd4jTasks.table(
                        Nd4j.create(new double[][] {{1, 2}, {3, 4}, {5, 6}}),
                        Nd4j.create(new double[] {7, 8, Double.NaN}));
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.x()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(table.y()).containsExactly(7, 8, Double.NaN);
    }

    /** A ramp is fitted, and read back at the centres of pixels and between them. */
    @Test
    void fitsAnINDArrayAndAnswersOnINDArrays() throws Exception {
        INDArray picture = Nd4j.create(DataType.FLOAT, 16, 16, 3);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                for (int c = 0; c < 3; c++) {
                    picture.putScalar(new int[] {y, x, c}, (x + 0.5) / 16);
                }
            }
        }
        try (var kernfield = Kernfield.open(home)) {
            var field =
                    new Nd4jField(
                            kernfield.fit(FitRequest.of(Nd4jTasks.image(picture)).steps(200L)));
            INDArray values = field.values(Nd4j.create(new double[][] {{4.5, 8.5}, {12, 8}}));
            assertThat(values.shape()).containsExactly(2, 3);
            assertThat(values.getDouble(0, 0)).isBetween(4.5 / 16 - 0.05, 4.5 / 16 + 0.05);
            assertThat(values.getDouble(1, 2)).isBetween(0.7, 0.8);
            assertThatThrownBy(() -> field.values(Nd4j.create(1, 5)))
                    .hasMessageContaining("5 coordinates; the field takes 2");
        }
    }
}
