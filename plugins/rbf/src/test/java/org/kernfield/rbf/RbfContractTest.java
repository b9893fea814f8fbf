package org.kernfield.rbf;

import org.kernfield.backend.Backend;
import org.kernfield.field.Representation;
import org.kernfield.testkit.RepresentationContract;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** What every representation owes, on the reference and on the cpu backend. */
class RbfContractTest extends RepresentationContract {
    @Override
    protected Representation representation() {
        return new RbfRepresentation();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("kernels", "60", "seed", "3");
    }

    @Override
    protected List<Backend> backends() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> !backend.name().equals("reference"))
                .toList();
    }
}
