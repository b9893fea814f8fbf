package org.kernfield.gp.kde;

import org.kernfield.backend.Backend;
import org.kernfield.field.Representation;
import org.kernfield.field.Task;
import org.kernfield.testkit.RepresentationContract;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** What every representation owes, on the reference and on the cpu backend. */
class KdeContractTest extends RepresentationContract {
    @Override
    protected Representation representation() {
        return new KdeRepresentation();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("bandwidth", "likelihood");
    }

    @Override
    protected Task task() {
        return Mixtures.table(40, 2, 4);
    }

    @Override
    protected List<Task> awkwardTasks() {
        return List.of(Mixtures.table(2, 1, 1), Mixtures.table(9, 5, 2));
    }

    @Override
    protected List<Backend> backends() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> !backend.name().equals("reference"))
                .toList();
    }
}
