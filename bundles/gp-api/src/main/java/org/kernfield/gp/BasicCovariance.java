package org.kernfield.gp;

import org.kernfield.field.Nearest;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A function of the catalogue with its hyper-parameters, options and columns. */
public final class BasicCovariance extends Covariance {
    private static final String ARD = "ard";

    private final Family family;
    private final Map<String, Hyperparameter> parameters;
    private final Map<String, String> options;
    private final boolean isArd;
    private final Columns columns;

    private BasicCovariance(
            Family family,
            Map<String, Hyperparameter> parameters,
            Map<String, String> options,
            boolean isArd,
            Columns columns) {
        this.family = family;
        this.parameters = parameters;
        this.options = options;
        this.isArd = isArd;
        this.columns = columns;
    }

    static BasicCovariance of(Family family) {
        var parameters = new LinkedHashMap<String, Hyperparameter>();
        family.parameters().stream()
                .filter(p -> !p.isOptional())
                .forEach(p -> parameters.put(p.name(), p.initial()));
        var options = new LinkedHashMap<String, String>();
        family.options().forEach(o -> options.put(o.name(), o.initial()));
        return new BasicCovariance(family, parameters, options, false, Columns.ALL);
    }

    /**
     * With a length scale for each column (automatic relevance determination).
     *
     * @throws IllegalArgumentException for a function without length scales
     */
    public BasicCovariance ard() {
        if (!family.hasArd()) {
            throw new IllegalArgumentException(
                    family.name() + ": no length scale for each column; leave out ard");
        }
        var all = new LinkedHashMap<String, Hyperparameter>();
        for (ParameterSpec spec : family.parameters()) {
            boolean isThere = parameters.containsKey(spec.name());
            if (isThere || spec.shape() == ParameterSpec.Shape.ONE_OR_COLUMNS) {
                all.put(spec.name(), isThere ? parameters.get(spec.name()) : spec.initial());
            }
        }
        return new BasicCovariance(family, all, options, true, columns);
    }

    /** Looking at some columns only, by name or number from 0. */
    public BasicCovariance on(String... names) {
        return on(new Columns(List.of(names)));
    }

    BasicCovariance on(Columns chosen) {
        return new BasicCovariance(family, parameters, options, isArd, chosen);
    }

    /**
     * With a value of a hyper-parameter, or one for each column or component.
     *
     * @throws IllegalArgumentException for an unknown name or a value that is not allowed
     */
    public BasicCovariance with(String parameter, double... values) {
        ParameterSpec spec = spec(parameter);
        BasicCovariance changed = with(spec.initial(values));
        boolean isList = spec.shape() == ParameterSpec.Shape.ONE_OR_COLUMNS && values.length > 1;
        return isList ? changed.ard() : changed;
    }

    /** With a hyper-parameter of its name replaced, bounds and prior included. */
    public BasicCovariance with(Hyperparameter parameter) {
        spec(parameter.name());
        var all = new LinkedHashMap<String, Hyperparameter>();
        for (ParameterSpec spec : family.parameters()) {
            var present =
                    spec.name().equals(parameter.name()) ? parameter : parameters.get(spec.name());
            if (present != null) {
                all.put(spec.name(), present);
            }
        }
        return new BasicCovariance(family, all, options, isArd, columns);
    }

    /** With an option, such as a degree, a depth or an activation. */
    public BasicCovariance option(String option, String value) {
        Option known =
                family.option(option).orElseThrow(() -> new IllegalArgumentException(no(option)));
        var all = new LinkedHashMap<>(options);
        all.put(option, known.checked(value));
        return new BasicCovariance(family, parameters, all, isArd, columns);
    }

    Family family() {
        return family;
    }

    ParameterSpec spec(String parameter) {
        return family.parameter(parameter)
                .orElseThrow(() -> new IllegalArgumentException(no(parameter)));
    }

    private String no(String name) {
        var known = new TreeSet<String>();
        family.parameters().forEach(p -> known.add(p.name()));
        family.options().forEach(o -> known.add(o.name()));
        known.add(CovarianceParser.DIMS);
        if (family.hasArd()) {
            known.add(ARD);
        }
        return "'%s' is no parameter of %s; %s"
                .formatted(name, family.name(), Nearest.suggestion(name, known));
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        var all = new LinkedHashMap<String, Hyperparameter>();
        parameters.forEach((name, parameter) -> all.put(name, replace.apply(parameter)));
        return new BasicCovariance(family, all, options, isArd, columns);
    }

    @Override
    Parts assemble(Assembly assembly) {
        Rows rows = assembly.rows(columns);
        String owner = assembly.numbered(family.name());
        var uniforms = new LinkedHashMap<String, Vec>();
        parameters.forEach(
                (name, parameter) -> {
                    ParameterSpec spec = spec(name);
                    int width = spec.width(isArd, rows.columns(), components());
                    var widened = spec.widened(parameter, width, components());
                    boolean isOfColumns =
                            isArd && spec.shape() == ParameterSpec.Shape.ONE_OR_COLUMNS;
                    List<String> own = isOfColumns ? assembly.names(columns) : List.of();
                    uniforms.put(name, assembly.uniform(owner, spec, widened, own));
                });
        var arguments = new Arguments(uniforms, options);
        if (family.isWhite()) {
            return new Parts(null, null, arguments.number(Families.VARIANCE));
        }
        return new Parts(
                family.pair().of(rows, arguments), family.diagonal().of(rows, arguments), null);
    }

    @Override
    Spectrum spectrum(List<String> names, int outputs) {
        return Spectra.of(this, columns.indices(names));
    }

    /** The value of a hyper-parameter that has one. */
    double number(String parameter) {
        return parameters.get(parameter).values().getFirst();
    }

    /** The values of a hyper-parameter: one, or one for each column or component. */
    double[] numbers(String parameter) {
        return parameters.get(parameter).toArray();
    }

    private int components() {
        return Integer.parseInt(options.getOrDefault(Family.COMPONENTS, "1"));
    }

    @Override
    public String text() {
        var words = new ArrayList<String>();
        boolean hasList = parameters.values().stream().anyMatch(p -> p.values().size() > 1);
        if (isArd && !(hasList && hasListOfColumns())) {
            words.add(ARD);
        }
        for (Option option : family.options()) {
            String chosen = options.get(option.name());
            if (!chosen.equals(option.initial())) {
                words.add(option.name() + "=" + chosen);
            }
        }
        parameters.forEach(
                (name, parameter) -> {
                    ParameterSpec spec = spec(name);
                    boolean isSaid = spec.isOptional() && !isArd;
                    if (isSaid || !parameter.equals(spec.initial())) {
                        words.add(name + "=" + ParameterText.of(parameter, spec));
                    }
                });
        if (!columns.isAll()) {
            words.add(CovarianceParser.DIMS + "=" + columns.text());
        }
        return family.name() + (words.isEmpty() ? "" : "(" + String.join(", ", words) + ")");
    }

    /** Whether a list of values says already that there is one for each column. */
    private boolean hasListOfColumns() {
        return parameters.entrySet().stream()
                .anyMatch(
                        p ->
                                spec(p.getKey()).shape() == ParameterSpec.Shape.ONE_OR_COLUMNS
                                        && p.getValue().values().size() > 1);
    }
}
