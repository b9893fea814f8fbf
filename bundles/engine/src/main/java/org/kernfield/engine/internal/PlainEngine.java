package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.engine.Engine;
import org.kernfield.field.Representation;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The engine with the plugins of the class path. */
public final class PlainEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlainEngine.class);

    private final FieldEngine engine;

    private PlainEngine(FieldEngine engine) {
        this.engine = engine;
    }

    /** {@code KERNFIELD_HOME}, or {@code .kernfield} in the user's directory. */
    public static Path defaultHome() {
        String home = System.getenv("KERNFIELD_HOME");
        return home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".kernfield")
                : Path.of(home);
    }

    /** With all plugins that {@link ServiceLoader} finds for this thread. */
    public static PlainEngine open(Path home) {
        var engine = new FieldEngine(home);
        load(Backend.class, engine::add);
        load(LinearAlgebra.class, engine::add);
        load(Representation.class, engine::add);
        load(Codec.class, codec -> engine.add((Codec<?>) codec));
        load(TaskReader.class, engine::add);
        return new PlainEngine(engine);
    }

    /** One plugin that cannot be made does not keep the others out. */
    private static <S> void load(Class<S> type, Consumer<S> add) {
        var providers = ServiceLoader.load(type).stream().toList();
        for (ServiceLoader.Provider<S> provider : providers) {
            try {
                add.accept(provider.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                Throwable why = e.getCause() == null ? e : e.getCause();
                LOG.warn("{} is left out: {}", provider.type().getName(), why.getMessage());
            }
        }
    }

    public Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}
