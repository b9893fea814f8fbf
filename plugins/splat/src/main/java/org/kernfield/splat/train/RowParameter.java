package org.kernfield.splat.train;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.numerics.AdamKernel;

import java.util.Map;

/**
 * A parameter with a row a splat and its moments, moved against gradients by Adam. Which buffer
 * holds it changes with every step.
 */
final class RowParameter implements AutoCloseable {
    private static final int VALUE = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final String name;
    private Buffer[] current;
    private Buffer[] next;

    private RowParameter(String name, Array[] parts, Compute compute) {
        this.name = name;
        current = new Buffer[parts.length];
        next = new Buffer[parts.length];
        for (int k = 0; k < parts.length; k++) {
            current[k] = compute.upload(parts[k]);
            next[k] = compute.allocate(ElementType.F32, parts[k].rows(), parts[k].width());
        }
    }

    /**
     * With moments of zero.
     *
     * @param values rows × width
     */
    static RowParameter begin(String name, int width, float[] values, Compute compute) {
        Array value = Array.of(width, values);
        Array zeros = Array.zeros(ElementType.F32, value.rows(), width);
        return new RowParameter(name, new Array[] {value, zeros, zeros}, compute);
    }

    /** Goes on from what {@link #save} wrote. */
    static RowParameter restore(String name, State from, Compute compute) {
        Array[] parts = {
            from.array(name), from.array(name + ".first"), from.array(name + ".second")
        };
        return new RowParameter(name, parts, compute);
    }

    void save(State into, Compute compute) {
        into.arrays().put(name, compute.download(current[VALUE]));
        into.arrays().put(name + ".first", compute.download(current[FIRST]));
        into.arrays().put(name + ".second", compute.download(current[SECOND]));
    }

    Buffer buffer() {
        return current[VALUE];
    }

    int width() {
        return current[VALUE].width();
    }

    /** The numbers in host memory, rows × width. */
    float[] values(Compute compute) {
        return compute.download(current[VALUE]).toFloats();
    }

    /**
     * Other rows in place of these, which are freed.
     *
     * @param width at least the present one; moments of what is new are zero
     * @param values rows × width
     * @param origin of each the row whose moments it continues, −1 for zeros
     */
    RowParameter replaced(int width, float[] values, int[] origin, Compute compute) {
        Array[] parts = {
            Array.of(width, values),
            moments(FIRST, width, origin, compute),
            moments(SECOND, width, origin, compute)
        };
        var replaced = new RowParameter(name, parts, compute);
        close();
        return replaced;
    }

    private Array moments(int part, int width, int[] origin, Compute compute) {
        float[] before = compute.download(current[part]).toFloats();
        return Array.of(width, Rows.taken(before, width(), width, origin));
    }

    /**
     * One step.
     *
     * @param gradient of its shape
     * @param rates one a component
     * @param steps of Adam, this one included
     */
    void step(Buffer gradient, double[] rates, long steps, Compute compute) {
        compute.run(
                Reduction.map(AdamKernel.of(width(), false)),
                Args.rows(current[VALUE].rows())
                        .with("parameter", current[VALUE])
                        .with("first", current[FIRST])
                        .with("second", current[SECOND])
                        .with("gradient", gradient)
                        .with("rate", rates)
                        .with("beta1", SplatStep.BETA_1)
                        .with("beta2", SplatStep.BETA_2)
                        .with("epsilon", SplatStep.EPSILON)
                        .with("correction1", SplatStep.correction1(steps))
                        .with("correction2", SplatStep.correction2(steps)),
                Map.of(
                        "nextParameter", next[VALUE],
                        "nextFirst", next[FIRST],
                        "nextSecond", next[SECOND]));
        Buffer[] swap = current;
        current = next;
        next = swap;
    }

    @Override
    public void close() {
        for (int k = 0; k < current.length; k++) {
            current[k].close();
            next[k].close();
        }
    }
}
