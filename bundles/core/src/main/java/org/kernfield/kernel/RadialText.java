package org.kernfield.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Radial profiles as text: {@code gaussian[1](s)}, {@code matern[2, 0](s)} … */
final class RadialText {
    private static final Set<String> FAMILIES =
            Set.of("gaussian", "wendland", "matern", "multiquadric", "polyharmonic");

    private RadialText() {}

    static boolean isFamily(String name) {
        return FAMILIES.contains(name);
    }

    /** The family with its numbers, which {@link #parse} reads. */
    static String of(RadialProfile family) {
        return switch (family) {
            case RadialProfile.Gaussian g -> "gaussian[" + number(g.factor()) + "]";
            case RadialProfile.Wendland w ->
                    "wendland[%d, %d, %d]".formatted(w.smoothness(), w.order(), w.dimension());
            case RadialProfile.Matern m -> "matern[" + m.p() + ", " + m.order() + "]";
            case RadialProfile.Multiquadric m ->
                    "multiquadric[" + number(m.exponent()) + ", " + number(m.factor()) + "]";
            case RadialProfile.Polyharmonic p -> "polyharmonic[" + p.k() + ", " + p.order() + "]";
        };
    }

    private static String number(double value) {
        return Formula.number(value);
    }

    /** Numbers may be left out from the end: {@code gaussian(s)}, {@code wendland[4](s)}. */
    static RadialProfile parse(Tokens in, int at, String name) {
        List<Double> numbers = new ArrayList<>();
        if (in.take("[")) {
            do {
                numbers.add(in.number("a number of the family"));
            } while (in.take(","));
            in.expect("]");
        }
        try {
            return family(name, numbers);
        } catch (KernelException e) {
            throw in.error(at, e.getMessage());
        }
    }

    private static RadialProfile family(String name, List<Double> numbers) {
        double first = numbers.isEmpty() ? Double.NaN : numbers.getFirst();
        double second = numbers.size() > 1 ? numbers.get(1) : Double.NaN;
        int order = numbers.size() > 1 ? (int) second : 0;
        boolean needsFirst = !name.equals("gaussian") && !name.equals("multiquadric");
        int most = name.equals("wendland") ? 3 : 2;
        if (numbers.size() > most || needsFirst && numbers.isEmpty()) {
            throw new KernelException(
                    name + ": " + numbers.size() + " numbers in brackets; see RadialProfile");
        }
        return switch (name) {
            case "gaussian" -> new RadialProfile.Gaussian(numbers.isEmpty() ? 1 : first);
            case "wendland" ->
                    numbers.size() == 3
                            ? new RadialProfile.Wendland(
                                    (int) first, order, numbers.get(2).intValue())
                            : new RadialProfile.Wendland((int) first, order);
            case "matern" -> new RadialProfile.Matern((int) first, order);
            case "polyharmonic" -> new RadialProfile.Polyharmonic((int) first, order);
            default ->
                    new RadialProfile.Multiquadric(
                            numbers.isEmpty() ? 0.5 : first, numbers.size() > 1 ? second : 1);
        };
    }
}
