package org.kernfield.nd4j.internal;

import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Resources;
import org.kernfield.testkit.Threads;

import java.util.Arrays;
import java.util.Locale;

/**
 * How far backends and linear algebra are from what is right, as shares of what they may be off:
 * {@code Parity [reductions] [algebra] [spectra] [ORDER…]}, everything without a name. Prints
 * tables for a page; ends with status 1 if a number in them is above 1.
 */
public final class Parity {
    private double worst;

    private Parity() {}

    /** Prints the tables. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        var names = Arrays.stream(arguments).filter(a -> !a.matches("\\d+")).toList();
        int[] orders =
                Arrays.stream(arguments)
                        .filter(a -> a.matches("\\d+"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        var resources =
                new Resources(
                        new Threads(Runtime.getRuntime().availableProcessors()),
                        Budget.unlimited(),
                        CancelToken.NONE);
        System.out.println("OPENBLAS_CORETYPE=" + System.getenv("OPENBLAS_CORETYPE"));
        var parity = new Parity();
        if (names.isEmpty() || names.contains("reductions")) {
            new ReductionParity(resources, parity).print(orders);
        }
        for (int n : orders) {
            var algebra = new AlgebraParity(resources, parity, n);
            if (names.isEmpty() || names.contains("algebra")) {
                algebra.factors();
            }
            if (names.isEmpty() || names.contains("spectra")) {
                algebra.spectra();
            }
        }
        System.exit(parity.worst <= 1 ? 0 : 1);
    }

    /** A cell of a table. */
    String shown(double share) {
        boolean isWithin = share <= 1;
        worst = Math.max(worst, isWithin ? share : Double.POSITIVE_INFINITY);
        return (isWithin ? "%.2g" : "**%.2g**").formatted(share);
    }
}
