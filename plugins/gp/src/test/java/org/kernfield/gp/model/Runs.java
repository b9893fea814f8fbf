package org.kernfield.gp.model;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Compute;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.testkit.BackendCompute;
import org.kernfield.testkit.Threads;

import java.util.LinkedHashMap;
import java.util.ServiceLoader;

/** Whole fits on one backend, with the best linear algebra of the test class path. */
final class Runs implements AutoCloseable {
    private final Threads threads = new Threads(2);
    private final BackendCompute compute;

    Runs(Backend backend) {
        var algebra =
                ServiceLoader.load(LinearAlgebra.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .max((a, b) -> Integer.compare(a.ranking(), b.ranking()))
                        .orElseThrow();
        compute = new BackendCompute(backend, threads, new Budget(4_000_000_000L), algebra);
    }

    /** What a fit left. */
    record Fitted(Model model, GpField field, Metrics metrics, Settings settings) {}

    static Backend cpu() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.name().equals("cpu"))
                .findFirst()
                .orElseThrow();
    }

    static Backend reference() {
        return new ReferenceBackend();
    }

    Compute compute() {
        return compute;
    }

    /**
     * @param settings name, value, name, value, …
     */
    Fitted fit(TableTask table, String... settings) {
        var given = new LinkedHashMap<String, String>();
        for (int k = 0; k < settings.length; k += 2) {
            given.put(settings[k], settings[k + 1]);
        }
        var known = Settings.of(GpSettings.ALL, given);
        var fit = new GpFit(table, known);
        while (!fit.isDone()) {
            fit.step(compute);
        }
        Model model = fit.finish(compute);
        return new Fitted(model, ModelArrays.open(model), fit.metrics(), known);
    }

    @Override
    public void close() {
        compute.close();
        threads.close();
    }
}
