package org.kernfield.splat.train;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SamplingFilter;
import org.kernfield.splat.SplatNodes;

import java.util.List;

/**
 * The filter in space of antialiased training: as splats are blurred when they are trained, so they
 * are drawn later. It follows the means every {@link #APART} steps, and whenever splats are
 * replaced.
 */
final class Smoothing implements AutoCloseable {
    static final String NAME = "filter";

    /** Steps between two looks at where the means are by now. */
    static final int APART = 100;

    private final List<View> views; // null where nothing is smoothed
    private Buffer variances; // null until there are splats

    Smoothing(Setup setup) {
        boolean isOn = setup.plain().isAntialiased();
        views = isOn ? setup.photographs().stream().map(Photograph::view).toList() : null;
    }

    /**
     * Follows the means.
     *
     * @param means n × 3
     */
    void follow(float[] means, Compute compute) {
        if (views != null) {
            replace(
                    Array.of(1, SamplingFilter.variances(means, views, RenderOptions.NEAR)),
                    compute);
        }
    }

    private void replace(Array values, Compute compute) {
        Buffer next = compute.upload(values);
        close();
        variances = next;
    }

    boolean isOn() {
        return views != null;
    }

    /** Splats with their filter. */
    SplatNodes smoothed(Tape tape, SplatNodes splats) {
        return views == null ? splats : splats.withFilter(tape.variable(variances));
    }

    /** A variance a splat; empty where nothing is smoothed. */
    float[] variances(Compute compute) {
        return views == null ? new float[0] : compute.download(variances).toFloats();
    }

    void save(State into, Compute compute) {
        if (views != null) {
            into.arrays().put(NAME, compute.download(variances));
        }
    }

    void restore(State from, Compute compute) {
        if (views != null) {
            replace(from.array(NAME), compute);
        }
    }

    @Override
    public void close() {
        if (variances != null) {
            variances.close();
        }
    }
}
