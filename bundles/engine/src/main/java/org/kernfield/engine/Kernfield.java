package org.kernfield.engine;

import org.kernfield.backend.Array;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.engine.internal.PlainEngine;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The engine in plain Java: the same jars, plugins found by {@link java.util.ServiceLoader}, no
 * OSGi.
 *
 * <pre>{@code
 * try (var kernfield = Kernfield.open()) {
 *     FieldHandle field = kernfield.fit(FitRequest.of(Path.of("photo.png")).seconds(20.0));
 *     Array values = field.values(Array.of(2, 10.5f, 20.5f));
 *     Array gradient = field.jacobian(Array.of(2, 10.5f, 20.5f));
 *     kernfield.engine().write(field.render(1024, 768), Path.of("photo-big.png"));
 *     kernfield.engine().write(field.model(), Path.of("photo.safetensors"));
 * }
 * }</pre>
 */
public final class Kernfield implements AutoCloseable {
    private final PlainEngine engine;

    private Kernfield(PlainEngine engine) {
        this.engine = engine;
    }

    /** With jobs under {@code KERNFIELD_HOME}, or {@code ~/.kernfield}. */
    public static Kernfield open() {
        return open(PlainEngine.defaultHome());
    }

    /** With jobs under {@code home}, which is made when it is needed. */
    public static Kernfield open(Path home) {
        return new Kernfield(PlainEngine.open(home));
    }

    /** Everything else. */
    public Engine engine() {
        return engine.engine();
    }

    /**
     * Fits and waits for the result.
     *
     * @throws FitException if the fit fails
     */
    public FieldHandle fit(FitRequest request) throws IOException, InterruptedException {
        Job job = engine().submit(request);
        job.await();
        return job.field();
    }

    /** Fits a picture in memory for {@code seconds} and waits for the result. */
    public FieldHandle fit(Image picture, double seconds) throws IOException, InterruptedException {
        return fit(FitRequest.of(new ImageTask(picture)).seconds(seconds));
    }

    /**
     * Computes one reduction of a kernel written by hand.
     *
     * @param queries rows
     * @param arrays by slot name
     * @return a float32 array for each output
     */
    public Map<String, Array> evaluate(
            Reduction reduction, long queries, Map<String, Array> arrays) {
        return engine().evaluate(reduction, new Queries.Rows(queries), arrays, Map.of());
    }

    /** Stops every job with a checkpoint and ends the engine's threads. */
    @Override
    public void close() {
        engine.close();
    }
}
