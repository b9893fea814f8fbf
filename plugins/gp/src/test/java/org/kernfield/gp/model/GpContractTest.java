package org.kernfield.gp.model;

import org.kernfield.backend.Backend;
import org.kernfield.field.Representation;
import org.kernfield.field.TableTask;
import org.kernfield.field.Task;
import org.kernfield.testkit.RepresentationContract;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/** What every representation owes, on the reference and on the cpu backend. */
class GpContractTest extends RepresentationContract {
    @Override
    protected Representation representation() {
        return new GpRepresentation();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("restarts", "1", "seed", "3");
    }

    @Override
    protected Task task() {
        return table(24, 2);
    }

    @Override
    protected List<Task> awkwardTasks() {
        return List.of(table(1, 1), table(2, 7), table(9, 1));
    }

    private static TableTask table(int rows, int columns) {
        var random = new SplittableRandom(4);
        var x = new double[rows * columns];
        var y = new double[rows];
        for (int k = 0; k < x.length; k++) {
            x[k] = random.nextDouble(0, 8);
            y[k / columns] += Math.sin(x[k]) + 0.01 * random.nextDouble();
        }
        var names = java.util.stream.IntStream.range(0, columns).mapToObj(c -> "c" + c).toList();
        return new TableTask(names, List.of("y"), x, y, null, null);
    }

    @Override
    protected List<Backend> backends() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> !backend.name().equals("reference"))
                .toList();
    }
}
