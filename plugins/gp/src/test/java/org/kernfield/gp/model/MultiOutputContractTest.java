package org.kernfield.gp.model;

import org.kernfield.field.TableTask;
import org.kernfield.field.Task;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The same with two correlated targets, some labels missing, as a Student-t process. */
class MultiOutputContractTest extends GpContractTest {
    @Override
    protected Map<String, String> settings() {
        return Map.of("restarts", "1", "seed", "3", "outputs", "icm", "process", "student-t");
    }

    @Override
    protected Task task() {
        return table(20);
    }

    @Override
    protected List<Task> awkwardTasks() {
        return List.of(table(1), table(2), table(7));
    }

    private static TableTask table(int rows) {
        var random = new SplittableRandom(6);
        double[] x = random.doubles(rows, 0, 8).toArray();
        var y = new double[2 * rows];
        for (int i = 0; i < rows; i++) {
            y[2 * i] = i % 4 == 2 ? Double.NaN : Math.sin(x[i]) + 0.1 * random.nextDouble();
            y[2 * i + 1] = i % 3 == 1 ? Double.NaN : 2 - Math.sin(x[i]) + 0.1 * random.nextDouble();
        }
        return new TableTask(List.of("x"), List.of("a", "b"), x, y, null, null);
    }
}
