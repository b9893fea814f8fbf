package org.kernfield.gp;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the hyper-parameters of a covariance function, under names that differ. */
final class Assembly {
    /** Names of the slots that rows are read from. */
    static final String X = "x";

    static final String Y = "y";

    /**
     * A hyper-parameter and the uniform that carries it.
     *
     * @param isReciprocal whether the uniform is 1/v
     * @param isScale whether it is a constant or the factor of a product
     * @param columns that its values belong to, one each; empty where they belong to none
     */
    record Carried(
            Hyperparameter parameter,
            Slot uniform,
            boolean isReciprocal,
            boolean isScale,
            List<String> columns) {
        /** What the uniform is bound to. */
        double[] numbers() {
            double[] numbers = parameter.toArray();
            for (int k = 0; isReciprocal && k < numbers.length; k++) {
                numbers[k] = 1 / numbers[k];
            }
            return numbers;
        }

        /** d uniform / d value. */
        double slope(double value) {
            return isReciprocal ? -1 / (value * value) : 1;
        }

        Carried with(double[] values) {
            return new Carried(parameter.with(values), uniform, isReciprocal, isScale, columns);
        }
    }

    private final KernelBuilder slots = Kernel.build("covariance").precision(Precision.F64);
    private final List<String> names;
    private final int outputs;
    private final Vec x;
    private final Vec y;
    private final List<Carried> carried = new ArrayList<>();
    private final Map<String, Integer> used = new TreeMap<>();
    private boolean hasFormula;

    /**
     * @param outputs how many; rows then have their output's number behind the columns. 0 where
     *     rows have no such number
     */
    Assembly(List<String> names, int outputs) {
        this.names = names;
        this.outputs = outputs;
        int width = names.size() + (outputs > 0 ? 1 : 0);
        x = slots.input(X, width);
        y = slots.param(Y, width);
    }

    /** How many outputs there are; 0 where rows have no number of theirs. */
    int outputs() {
        return outputs;
    }

    Expr outputOfX() {
        return x.get(names.size());
    }

    Expr outputOfY() {
        return y.get(names.size());
    }

    private Vec inputs(Vec row) {
        return outputs > 0 ? row.slice(0, names.size()) : row;
    }

    Rows rows(Columns columns) {
        return new Rows(columns.of(inputs(x), names), columns.of(inputs(y), names));
    }

    /** Takes note that a user's formula is part of the function. */
    void noteFormula() {
        hasFormula = true;
    }

    boolean hasFormula() {
        return hasFormula;
    }

    /** The columns that a function looks at, by name. */
    List<String> names(Columns columns) {
        return Arrays.stream(columns.indices(names)).mapToObj(names::get).toList();
    }

    List<Carried> carried() {
        return carried;
    }

    /** The name itself at first, then with a number. */
    String numbered(String name) {
        int count = used.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + count;
    }

    /** The uniform of a hyper-parameter. */
    Vec uniform(String owner, ParameterSpec spec, Hyperparameter parameter) {
        return uniform(owner, spec, parameter, List.of());
    }

    /**
     * The uniform of a hyper-parameter with a value for each of some columns.
     *
     * @param columns by name; empty where its values belong to none
     */
    Vec uniform(String owner, ParameterSpec spec, Hyperparameter parameter, List<String> columns) {
        String prefix = owner.isEmpty() ? "" : owner + "_";
        int width = parameter.values().size();
        String slot = prefix + (spec.isReciprocal() ? "rate" : parameter.name());
        Vec uniform = slots.uniform(slot, width);
        carried.add(
                new Carried(
                        parameter.called(prefix + parameter.name()),
                        new Slot(slot, Slot.Role.UNIFORM, width),
                        spec.isReciprocal(),
                        spec == ScaleCovariance.SPEC,
                        columns));
        return uniform;
    }
}
