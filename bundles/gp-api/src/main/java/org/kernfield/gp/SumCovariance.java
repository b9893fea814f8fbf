package org.kernfield.gp;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A sum of at least two that are no sums. */
final class SumCovariance extends Covariance {
    private final List<Covariance> terms;

    private SumCovariance(List<Covariance> terms) {
        this.terms = terms;
    }

    static Covariance of(List<Covariance> terms) {
        List<Covariance> flat =
                terms.stream()
                        .flatMap(
                                t -> (t instanceof SumCovariance s ? s.terms : List.of(t)).stream())
                        .toList();
        return flat.size() == 1 ? flat.getFirst() : new SumCovariance(flat);
    }

    List<Covariance> terms() {
        return terms;
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        return new SumCovariance(terms.stream().map(t -> t.map(replace)).toList());
    }

    @Override
    Parts assemble(Assembly assembly) {
        return terms.stream().map(t -> t.assemble(assembly)).reduce(Parts::plus).orElseThrow();
    }

    @Override
    Spectrum spectrum(List<String> names, int outputs) {
        return terms.stream()
                .map(t -> t.spectrum(names, outputs))
                .reduce(Spectrum::plus)
                .orElseThrow();
    }

    @Override
    public String text() {
        return terms.stream().map(Covariance::text).collect(Collectors.joining(" + "));
    }

    @Override
    String factorText() {
        return "(" + text() + ")";
    }
}
