package org.kernfield.gp;

import java.util.List;
import java.util.function.UnaryOperator;

/** A function to a whole power. */
final class PowerCovariance extends Covariance {
    private static final int LARGEST = 16;

    private final Covariance base;
    private final int exponent;

    PowerCovariance(Covariance base, int exponent) {
        if (exponent < 1 || exponent > LARGEST) {
            throw new IllegalArgumentException(
                    "a covariance to the power " + exponent + "; use 1 to " + LARGEST);
        }
        this.base = base;
        this.exponent = exponent;
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        return new PowerCovariance(base.map(replace), exponent);
    }

    @Override
    Parts assemble(Assembly assembly) {
        Parts one = base.assemble(assembly);
        Parts power = one;
        for (int k = 1; k < exponent; k++) {
            power = power.times(one);
        }
        return power;
    }

    @Override
    Spectrum spectrum(List<String> names, int outputs) {
        Spectrum one = base.spectrum(names, outputs);
        Spectrum power = one;
        for (int k = 1; k < exponent; k++) {
            power = power.times(one);
        }
        return power;
    }

    @Override
    public String text() {
        boolean isAtom =
                base instanceof BasicCovariance
                        || base instanceof ChangePointCovariance
                        || base instanceof FormulaCovariance
                        || base instanceof CoregionCovariance;
        return (isAtom ? base.text() : "(" + base.text() + ")") + "^" + exponent;
    }
}
