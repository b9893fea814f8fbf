package org.kernfield.gp;

import org.kernfield.kernel.Expr;

import java.util.List;
import java.util.stream.Stream;

/**
 * What randomly initialised networks of infinite width are: {@code nngp}, the covariance of their
 * outputs; {@code ntk}, the product of their gradients by all weights; and {@code arccosine}, the
 * same scalar products without weights and biases.
 *
 * <p>A layer computes σ_b b + σ_w W φ(h)/√width with standard normal W and b; the first one reads
 * the row itself. {@code depth} counts the layers with an activation, {@code weight} is σ_w² and
 * {@code bias} σ_b².
 *
 * <p>Sources: Y. Cho, L. Saul, Kernel methods for deep learning (2009), sections 2.1 and 2.3; J.
 * Lee and others, Deep neural networks as Gaussian processes (2018), section 2.3; A. Jacot and
 * others, Neural tangent kernel (2018), theorem 1; C. Williams, Computing with infinite networks
 * (1997), section 3.1, for the error function.
 */
final class NetworkFamilies {
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String OFFSET = "offset";
    private static final String DEPTH = "depth";
    private static final String ORDER = "order";
    private static final String ACTIVATION = "activation";
    private static final int DEEPEST = 64;

    private NetworkFamilies() {}

    static List<Family> all() {
        var rates = ParameterSpec.lengthscale().optional();
        return Stream.of(
                        new Family(
                                "arccosine",
                                List.of(ParameterSpec.real(OFFSET, 1, 0), rates),
                                List.of(Option.whole(ORDER, 0, 2, 1), depth()),
                                NetworkFamilies::arcCosine,
                                NetworkFamilies::arcCosineDiagonal),
                        network("nngp", false, rates),
                        network("ntk", true, rates))
                .toList();
    }

    private static Option depth() {
        return Option.whole(DEPTH, 1, DEEPEST, 1);
    }

    private static Family network(String name, boolean isTangent, ParameterSpec rates) {
        return new Family(
                name,
                List.of(ParameterSpec.positive(WEIGHT, 2), ParameterSpec.real(BIAS, 0.1, 0), rates),
                List.of(depth(), Option.word(ACTIVATION, "relu", "erf")),
                (rows, a) -> output(rows, a, isTangent),
                (rows, a) -> outputDiagonal(rows, a, isTangent));
    }

    private static Expr output(Rows rows, Arguments a, boolean isTangent) {
        Activation activation = activation(a);
        Expr weight = a.number(WEIGHT);
        Expr bias = a.number(BIAS);
        Expr scale = weight.times(1.0 / rows.columns());
        var layer = Preactivations.of(rows, a, scale, bias);
        Expr tangent = layer.xy();
        for (int k = 0; k < a.whole(DEPTH); k++) {
            var next = activation.next(layer, weight, bias);
            tangent = next.xy().plus(weight.times(activation.slopes(layer)).times(tangent));
            layer = next;
        }
        return isTangent ? tangent : layer.xy();
    }

    private static Expr outputDiagonal(Rows rows, Arguments a, boolean isTangent) {
        Activation activation = activation(a);
        Expr weight = a.number(WEIGHT);
        Expr bias = a.number(BIAS);
        Expr scale = weight.times(1.0 / rows.columns());
        Expr variance = scale.times(DotFamilies.dot(rows.diagonal(), a)).plus(bias);
        Expr tangent = variance;
        for (int k = 0; k < a.whole(DEPTH); k++) {
            Expr next = bias.plus(weight.times(activation.square(variance)));
            tangent = next.plus(weight.times(activation.squaredSlope(variance)).times(tangent));
            variance = next;
        }
        return isTangent ? tangent : variance;
    }

    private static Activation activation(Arguments a) {
        return a.word(ACTIVATION).equals("erf") ? Activation.ERF : Activation.RELU;
    }

    /** k′ = J_n(θ) (|x||y|)ⁿ/π, layer after layer. */
    private static Expr arcCosine(Rows rows, Arguments a) {
        var layer = Preactivations.of(rows, a, Expr.of(1), a.number(OFFSET)).angle();
        for (int k = 0; k < a.whole(DEPTH); k++) {
            layer = layer.next(a.whole(ORDER));
        }
        return layer.product();
    }

    private static Expr arcCosineDiagonal(Rows rows, Arguments a) {
        Expr norm = DotFamilies.dot(rows.diagonal(), a).plus(a.number(OFFSET));
        for (int k = 0; k < a.whole(DEPTH); k++) {
            norm =
                    switch (a.whole(ORDER)) {
                        case 0 -> Expr.of(1);
                        case 1 -> norm;
                        default -> norm.square().times(3);
                    };
        }
        return norm;
    }
}
