package org.kernfield.backend;

import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.HashSet;
import java.util.Set;

/** Reductions that sum absolute values of derivatives. */
final class Magnitudes {
    private Magnitudes() {}

    /**
     * The same reduction with |∂| in place of each derivative ∂ that it sums.
     *
     * @param derivative one of {@link Reduction#vjp}
     */
    static Reduction of(Reduction derivative) {
        Kernel kernel = derivative.kernel();
        Set<String> gradients = new HashSet<>();
        for (Slot slot : kernel.slots()) {
            gradients.add(Reduction.cotangent(slot.name()));
        }
        var k = Kernel.build("magnitudes of " + kernel.name()).precision(kernel.precision());
        kernel.slots().forEach(k::declare);
        for (Output output : kernel.outputs()) {
            boolean isGradient = gradients.contains(output.name());
            k.output(output.name(), isGradient ? output.value().map(e -> e.abs()) : output.value());
        }
        kernel.support().ifPresent(s -> k.support(s.slot(), s.low(), s.high()));
        return derivative.of(k.done());
    }
}
