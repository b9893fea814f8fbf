package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A covariance function of rows with known columns, as kernels in float64 ({@link Kernel#in} gives
 * float32) whose uniforms are the hyper-parameters. Immutable; the kernels are the same for all
 * values of the hyper-parameters.
 *
 * <p>White parts belong to the identity of a row: two rows of a table with the same numbers do not
 * share their noise. So the covariance of n rows is {@link #signal} for every pair, and {@link
 * #noise} added to the diagonal.
 */
public final class BoundCovariance {
    /** Name of the input: the row of a query. */
    public static final String X = Assembly.X;

    /** Name of the parameter: the row of a source. */
    public static final String Y = Assembly.Y;

    /** Name of the output of each kernel. */
    public static final String VALUE = "value";

    private final Covariance covariance;
    private final List<String> names;
    private final int outputs;
    private final List<Assembly.Carried> carried;
    private final boolean hasFormula;
    private final Kernel signal;
    private final Kernel diagonal;
    private final Optional<Kernel> noise;

    BoundCovariance(Covariance unbound, List<String> names, int outputs) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(unbound + ": no columns; give at least one");
        }
        this.names = List.copyOf(names);
        this.outputs = outputs;
        var assembly = new Assembly(this.names, outputs);
        Parts parts = unbound.assemble(assembly);
        carried = List.copyOf(assembly.carried());
        hasFormula = assembly.hasFormula();
        signal = kernel("covariance", orZero(parts.signal()), true);
        diagonal = kernel("variance", orZero(parts.diagonal()), false);
        noise = Optional.ofNullable(parts.noise()).map(n -> kernel("noise", n, false));
        covariance = replaced(unbound, carried);
    }

    private BoundCovariance(BoundCovariance other, List<Assembly.Carried> carried) {
        names = other.names;
        outputs = other.outputs;
        signal = other.signal;
        diagonal = other.diagonal;
        noise = other.noise;
        hasFormula = other.hasFormula;
        this.carried = List.copyOf(carried);
        covariance = replaced(other.covariance, carried);
    }

    private static Expr orZero(Expr value) {
        return value == null ? Expr.of(0) : value;
    }

    private static Covariance replaced(Covariance covariance, List<Assembly.Carried> carried) {
        Iterator<Assembly.Carried> next = carried.iterator();
        return covariance.map(old -> old.with(next.next().parameter().toArray()));
    }

    /** A kernel of the uniforms that its formula reads. */
    private Kernel kernel(String name, Expr value, boolean isOfPairs) {
        Kernel all = kernel(name, value, isOfPairs, carried);
        var read = new HashSet<String>();
        all.program()
                .instructions()
                .forEach(i -> BoundSlots.of(i).forEach(s -> read.add(s.name())));
        var used = carried.stream().filter(c -> read.contains(c.uniform().name())).toList();
        return kernel(name, value, isOfPairs, used);
    }

    private Kernel kernel(
            String name, Expr value, boolean isOfPairs, List<Assembly.Carried> uniforms) {
        var k = Kernel.build(name).precision(Precision.F64);
        k.input(X, width());
        if (isOfPairs) {
            k.param(Y, width());
        }
        uniforms.forEach(c -> k.declare(c.uniform()));
        return k.output(VALUE, value).done();
    }

    /** The function as a value, its hyper-parameters as they are now. */
    public Covariance covariance() {
        return covariance;
    }

    /** Number of columns of a row. */
    public int dimension() {
        return names.size();
    }

    /** How many outputs rows are about; 0 where rows have no number of theirs. */
    public int outputs() {
        return outputs;
    }

    /** Numbers of a row: its columns and, where there are outputs, the number of its own. */
    public int width() {
        return names.size() + (outputs > 0 ? 1 : 0);
    }

    /** Names of the columns. */
    public List<String> names() {
        return names;
    }

    /**
     * k(x, y) without white parts: input {@link #X}, parameter {@link #Y} ({@link #width} numbers
     * each), output {@link #VALUE}. It does not change when the rows change places.
     */
    public Kernel signal() {
        return signal;
    }

    /** k(x, x) without white parts, a kernel for maps: input {@link #X}, output {@link #VALUE}. */
    public Kernel diagonal() {
        return diagonal;
    }

    /**
     * The variance that white parts give to a row, a kernel for maps as {@link #diagonal}; empty if
     * there are no white parts.
     */
    public Optional<Kernel> noise() {
        return noise;
    }

    /** All hyper-parameters, in the order of the text; each name is there once. */
    public List<Hyperparameter> hyperparameters() {
        return carried.stream().map(Assembly.Carried::parameter).toList();
    }

    /**
     * The columns that a hyper-parameter has a value for each of, by name, in the order of its
     * values; empty where it has none for single columns.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public List<String> columns(String hyperparameter) {
        return carried.stream()
                .filter(c -> c.parameter().name().equals(hyperparameter))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s: no hyper-parameter of %s; use one of its names"
                                                .formatted(hyperparameter, this)))
                .columns();
    }

    /**
     * Whether a user's formula is part of it, so that nobody knows whether it is positive
     * semidefinite; everything else of the catalogue is.
     */
    public boolean hasFormula() {
        return hasFormula;
    }

    /** Names of the hyper-parameters that say how much noise there is and nothing else. */
    public Set<String> noiseParameters() {
        var own = new HashSet<String>();
        noise.ifPresent(n -> own.addAll(uniforms(n).keySet()));
        own.removeAll(uniforms(signal).keySet());
        return carried.stream()
                .filter(c -> own.contains(c.uniform().name()))
                .map(c -> c.parameter().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names of the hyper-parameters that are constants or factors: {@code 2.0} of 2.0*rbf. */
    public Set<String> scaleParameters() {
        return carried.stream()
                .filter(Assembly.Carried::isScale)
                .map(c -> c.parameter().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * With other values of some hyper-parameters; the kernels stay.
     *
     * @param values by name; bounds hold
     * @throws IllegalArgumentException for an unknown name, a wrong count or a value out of bounds
     */
    public BoundCovariance with(Map<String, double[]> values) {
        var known = hyperparameters().stream().map(Hyperparameter::name).toList();
        values.forEach(
                (name, numbers) -> {
                    int at = known.indexOf(name);
                    if (at < 0) {
                        throw new IllegalArgumentException(
                                name + ": no hyper-parameter; use one of " + known);
                    }
                    int width = carried.get(at).uniform().width();
                    if (numbers.length != width) {
                        throw new IllegalArgumentException(
                                "%s: %d numbers; give %d".formatted(name, numbers.length, width));
                    }
                });
        return new BoundCovariance(
                this,
                carried.stream()
                        .map(
                                c ->
                                        values.containsKey(c.parameter().name())
                                                ? c.with(values.get(c.parameter().name()))
                                                : c)
                        .toList());
    }

    /** What the uniforms of the three kernels are bound to, by slot. */
    public Map<String, double[]> uniforms() {
        var uniforms = new LinkedHashMap<String, double[]>();
        carried.forEach(c -> uniforms.put(c.uniform().name(), c.numbers()));
        return uniforms;
    }

    /** As {@link #uniforms()}, those of one kernel. */
    public Map<String, double[]> uniforms(Kernel kernel) {
        var uniforms = uniforms();
        var own = kernel.slots(Slot.Role.UNIFORM).stream().map(Slot::name).toList();
        uniforms.keySet().retainAll(own);
        return uniforms;
    }

    /** The hyper-parameters that are not fixed, as an optimiser sees them. */
    public Coordinates coordinates() {
        return new Coordinates(this, carried);
    }

    @Override
    public String toString() {
        return covariance.text();
    }
}
