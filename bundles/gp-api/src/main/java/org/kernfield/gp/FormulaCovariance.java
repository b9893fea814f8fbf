package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelException;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Vec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A user's formula of the rows {@code x} and {@code y}: an expression of the language, or the whole
 * text of a kernel in double quotes, then its hyper-parameters. Whether it is positive
 * semi-definite is not known.
 */
final class FormulaCovariance extends Covariance {
    static final String NAME = "formula";

    private static final String PREFIX = "formula";

    private final String source;
    private final boolean isWhole;
    private final Map<String, Hyperparameter> parameters;
    private final Columns columns;

    /**
     * @param isWhole whether the source is a kernel's text and no expression
     * @param parameters by the name of their uniforms
     */
    FormulaCovariance(
            String source,
            boolean isWhole,
            Map<String, Hyperparameter> parameters,
            Columns columns) {
        this.source = source;
        this.isWhole = isWhole;
        this.parameters = parameters;
        this.columns = columns;
    }

    /** A user's number: by its logarithm where it is above 0, as it is elsewhere. */
    static ParameterSpec spec(String name, double... values) {
        boolean isPositive = true;
        for (double value : values) {
            isPositive &= value > 0;
        }
        return isPositive
                ? ParameterSpec.positive(name, 1)
                : ParameterSpec.real(name, 0, Double.NEGATIVE_INFINITY);
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        var all = new LinkedHashMap<String, Hyperparameter>();
        parameters.forEach((name, parameter) -> all.put(name, replace.apply(parameter)));
        return new FormulaCovariance(source, isWhole, all, columns);
    }

    @Override
    Parts assemble(Assembly assembly) {
        assembly.noteFormula();
        Rows rows = assembly.rows(columns);
        String owner = assembly.numbered(PREFIX);
        var bindings = new HashMap<String, Vec>();
        parameters.forEach(
                (name, p) ->
                        bindings.put(name, assembly.uniform(owner, spec(name, p.toArray()), p)));
        Kernel kernel = kernel(rows.columns());
        return new Parts(
                value(kernel, rows, bindings), value(kernel, rows.diagonal(), bindings), null);
    }

    private static Expr value(Kernel kernel, Rows rows, Map<String, Vec> uniforms) {
        var bindings = new HashMap<>(uniforms);
        bindings.put(Assembly.X, rows.x());
        bindings.put(Assembly.Y, rows.y());
        return kernel.apply(bindings).values().iterator().next().get(0);
    }

    private Kernel kernel(int dimension) {
        Kernel kernel = Kernel.parse(isWhole ? source : declared(dimension));
        check(kernel, Assembly.X, Slot.Role.INPUT, dimension);
        check(kernel, Assembly.Y, Slot.Role.PARAM, dimension);
        for (Slot slot : kernel.slots()) {
            boolean isRow = slot.name().equals(Assembly.X) || slot.name().equals(Assembly.Y);
            if (!isRow && !parameters.containsKey(slot.name())) {
                throw new KernelException(
                        "%s: '%s' has no value; write %s(…; %s=1)"
                                .formatted(source, slot.name(), NAME, slot.name()));
            }
        }
        if (kernel.outputWidth() != 1) {
            throw new KernelException(
                    source + ": " + kernel.outputWidth() + " numbers; a covariance has one");
        }
        return kernel;
    }

    private void check(Kernel kernel, String row, Slot.Role role, int dimension) {
        Optional<Slot> slot =
                kernel.slots(role).stream().filter(s -> s.name().equals(row)).findFirst();
        if (slot.isEmpty() || slot.get().width() != dimension) {
            throw new KernelException(
                    "%s: reads no %s %s[%d]; a covariance reads the input x and the parameter y,"
                                    .formatted(
                                            source,
                                            role.name().toLowerCase(java.util.Locale.ROOT),
                                            row,
                                            dimension)
                            + " as wide as there are columns");
        }
    }

    private String declared(int dimension) {
        var text =
                new StringBuilder(
                        "kernel formula F64; input x[%d]; param y[%d]; "
                                .formatted(dimension, dimension));
        parameters.forEach(
                (name, p) ->
                        text.append("uniform ")
                                .append(name)
                                .append('[')
                                .append(p.values().size())
                                .append("]; "));
        return text.append("out value = ").append(source).toString();
    }

    @Override
    public String text() {
        var text = new StringBuilder(NAME).append('(');
        text.append(isWhole ? '"' + source + '"' : source);
        String separator = "; ";
        for (var p : parameters.entrySet()) {
            var spec = spec(p.getKey(), p.getValue().toArray());
            text.append(separator).append(p.getKey()).append('=');
            text.append(ParameterText.of(p.getValue(), spec));
            separator = ", ";
        }
        if (!columns.isAll()) {
            text.append(separator).append(CovarianceParser.DIMS).append('=').append(columns.text());
        }
        return text.append(')').toString();
    }

    /** A kernel of an input {@code x}, a parameter {@code y} and uniforms. */
    static FormulaCovariance written(Kernel kernel, Map<String, double[]> values) {
        var parameters = new LinkedHashMap<String, Hyperparameter>();
        values.forEach((name, v) -> parameters.put(name, spec(name, v).initial(v)));
        String text = String.join("; ", List.of(kernel.toText().strip().split("\n")));
        return new FormulaCovariance(text, true, parameters, Columns.ALL);
    }
}
