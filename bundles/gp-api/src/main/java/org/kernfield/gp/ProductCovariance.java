package org.kernfield.gp;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A product of at least two that are no products. */
final class ProductCovariance extends Covariance {
    private final List<Covariance> factors;

    private ProductCovariance(List<Covariance> factors) {
        this.factors = factors;
    }

    static Covariance of(List<Covariance> factors) {
        List<Covariance> flat =
                factors.stream()
                        .flatMap(
                                f ->
                                        (f instanceof ProductCovariance p ? p.factors : List.of(f))
                                                .stream())
                        .toList();
        return flat.size() == 1 ? flat.getFirst() : new ProductCovariance(flat);
    }

    List<Covariance> factors() {
        return factors;
    }

    @Override
    Covariance map(UnaryOperator<Hyperparameter> replace) {
        return new ProductCovariance(factors.stream().map(f -> f.map(replace)).toList());
    }

    @Override
    Parts assemble(Assembly assembly) {
        return factors.stream().map(f -> f.assemble(assembly)).reduce(Parts::times).orElseThrow();
    }

    @Override
    Spectrum spectrum(List<String> names, int outputs) {
        return factors.stream()
                .map(f -> f.spectrum(names, outputs))
                .reduce(Spectrum::times)
                .orElseThrow();
    }

    @Override
    public String text() {
        return factors.stream().map(Covariance::factorText).collect(Collectors.joining("*"));
    }
}
