package org.kernfield.numerics;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.State;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Named parameters in a backend's memory, moved against their gradients by Adam. Each has its own
 * moments and its own count of steps, so that one may join or be replaced during a fit. Which
 * buffer holds a parameter changes with every step: ask {@link #parameter} each time.
 *
 * <p>Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm
 * 1.
 */
public final class Adam implements AutoCloseable {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    /**
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     */
    public Adam(double beta1, double beta2, double epsilon) {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
            throw new IllegalArgumentException(
                    "Adam: beta1 = %s, beta2 = %s, epsilon = %s; use decays in [0, 1) and epsilon above 0"
                            .formatted(beta1, beta2, epsilon));
        }
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
    }

    /** A parameter, its moments, a spare set that the next step writes, and the count of steps. */
    private static final class Group {
        private Buffer[] current;
        private Buffer[] next;
        private long steps;

        Group(Buffer[] current, Buffer[] next, long steps) {
            this.current = current;
            this.next = next;
            this.steps = steps;
        }

        void close() {
            for (int k = 0; k < 3; k++) {
                current[k].close();
                next[k].close();
            }
        }
    }

    /** Takes in a parameter with moments of zero, in place of any earlier one of that name. */
    public void put(String name, Array values, Compute compute) {
        Array zeros = Array.zeros(ElementType.F32, values.rows(), values.width());
        put(name, values, zeros, zeros, 0, compute);
    }

    /**
     * Takes in a parameter with its moments, in place of any earlier one of that name.
     *
     * @param first first moments, of the shape of {@code values}
     * @param second second moments, likewise
     * @param steps how many steps the moments have seen
     */
    public void put(
            String name, Array values, Array first, Array second, long steps, Compute compute) {
        remove(name);
        Buffer[] current = {compute.upload(values), compute.upload(first), compute.upload(second)};
        var next = new Buffer[3];
        for (int k = 0; k < 3; k++) {
            next[k] = compute.allocate(ElementType.F32, values.rows(), values.width());
        }
        groups.put(name, new Group(current, next, steps));
    }

    /** Forgets a parameter and frees its buffers; nothing happens where there is none. */
    public void remove(String name) {
        Group group = groups.remove(name);
        if (group != null) {
            group.close();
        }
    }

    public Set<String> names() {
        return Set.copyOf(groups.keySet());
    }

    /** The buffer that holds a parameter until its next step. */
    public Buffer parameter(String name) {
        return group(name).current[0];
    }

    /** First moments of a parameter until its next step. */
    public Buffer firstMoment(String name) {
        return group(name).current[1];
    }

    /** Second moments of a parameter until its next step. */
    public Buffer secondMoment(String name) {
        return group(name).current[2];
    }

    /** How many steps a parameter has made. */
    public long steps(String name) {
        return group(name).steps;
    }

    /**
     * One step without bounds.
     *
     * @param gradient of the shape of the parameter; not modified
     * @param rates learning rate of each component
     */
    public void step(String name, Buffer gradient, double[] rates, Compute compute) {
        step(name, gradient, rates, null, null, compute);
    }

    /**
     * One step, the result limited to bounds.
     *
     * @param gradient of the shape of the parameter; not modified
     * @param rates learning rate of each component
     * @param low smallest value of each component; null for no bounds
     * @param high largest value of each component; null for no bounds
     */
    public void step(
            String name,
            Buffer gradient,
            double[] rates,
            double[] low,
            double[] high,
            Compute compute) {
        Group group = group(name);
        Buffer parameter = group.current[0];
        double t = group.steps + 1.0;
        Args args =
                Args.rows(parameter.rows())
                        .with("parameter", parameter)
                        .with("first", group.current[1])
                        .with("second", group.current[2])
                        .with("gradient", gradient)
                        .with("rate", rates)
                        .with("beta1", beta1)
                        .with("beta2", beta2)
                        .with("epsilon", epsilon)
                        .with("correction1", 1 / (1 - Math.pow(beta1, t)))
                        .with("correction2", 1 / (1 - Math.pow(beta2, t)));
        if (low != null) {
            args = args.with("low", low).with("high", high);
        }
        compute.run(
                Reduction.map(AdamKernel.of(parameter.width(), low != null)),
                args,
                Map.of(
                        "nextParameter", group.next[0],
                        "nextFirst", group.next[1],
                        "nextSecond", group.next[2]));
        Buffer[] swap = group.current;
        group.current = group.next;
        group.next = swap;
        group.steps++;
    }

    /**
     * Adds {@code <name>}, {@code <name>.first}, {@code <name>.second} and the steps to a state.
     */
    public void save(State into, Compute compute) {
        groups.forEach(
                (name, group) -> {
                    into.arrays().put(name, compute.download(group.current[0]));
                    into.arrays().put(name + ".first", compute.download(group.current[1]));
                    into.arrays().put(name + ".second", compute.download(group.current[2]));
                    into.values().put(name + ".steps", Long.toString(group.steps));
                });
    }

    /**
     * Takes the named parameters from a state that {@link #save} wrote, copying them. Buffers of an
     * earlier backend are not touched: use a new instance after a move.
     *
     * @throws IllegalArgumentException for a name that the state has not got
     */
    public void restore(State from, Set<String> names, Compute compute) {
        for (String name : names) {
            put(
                    name,
                    from.array(name),
                    from.array(name + ".first"),
                    from.array(name + ".second"),
                    from.integer(name + ".steps"),
                    compute);
        }
    }

    /** Frees every buffer. */
    @Override
    public void close() {
        groups.values().forEach(Group::close);
        groups.clear();
    }

    private Group group(String name) {
        Group group = groups.get(name);
        if (group == null) {
            throw new IllegalArgumentException(
                    "Adam: no parameter '" + name + "'; it has " + groups.keySet());
        }
        return group;
    }
}
