package org.kernfield.gp;

import java.util.List;
import java.util.function.UnaryOperator;

/** A number: a constant covariance, or the factor of a product. */
final class ScaleCovariance extends Covariance {
    private static final String NAME = "scale";
    static final ParameterSpec SPEC = ParameterSpec.positive(NAME, 1);

    private final Hyperparameter value;

    ScaleCovariance(Hyperparameter value) {
        this.value = value;
    }

    static ScaleCovariance of(double value) {
        return new ScaleCovariance(SPEC.initial(value));
    }

    /** Whether nothing is said about it but where it begins. */
    boolean isPlain() {
        return value.equals(SPEC.initial(value.toArray()));
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        return new ScaleCovariance(replace.apply(value));
    }

    @Override
    Parts assemble(Assembly assembly) {
        var named = value.called(assembly.numbered(NAME));
        var scale = assembly.uniform("", SPEC, named).get(0);
        return new Parts(scale, scale, null);
    }

    @Override
    Spectrum spectrum(List<String> names, int outputs) {
        return Spectrum.constant(value.values().getFirst());
    }

    @Override
    public String text() {
        return ParameterText.of(value, SPEC);
    }
}
