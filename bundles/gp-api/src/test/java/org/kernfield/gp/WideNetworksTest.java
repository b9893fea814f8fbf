package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Networks drawn at random, wide enough that their mean kernels are those of infinite ones. */
class WideNetworksTest {
    private static final double[][] ROWS = {{0.9, -0.4, 1.3}, {-0.2, 0.8, 0.5}};
    private static final int WIDTH = 600;
    private static final int NETWORKS = 40;
    private static final double WEIGHT = 1.7;
    private static final double BIAS = 0.3;

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @CsvSource({"relu, 1", "relu, 2", "erf, 1", "erf, 2"})
    void kernelsAreMeansOverWideNetworks(String activation, int depth) {
        boolean isErf = activation.equals("erf");
        DoubleUnaryOperator phi = isErf ? WideNetworksTest::erf : h -> Math.max(0, h);
        DoubleUnaryOperator slope =
                isErf ? h -> 2 / Math.sqrt(Math.PI) * Math.exp(-h * h) : h -> h > 0 ? 1 : 0;
        var outputs = new double[NETWORKS];
        var tangents = new double[NETWORKS];
        for (int n = 0; n < NETWORKS; n++) {
            double[] kernels = draw(depth, phi, slope);
            outputs[n] = kernels[0];
            tangents[n] = kernels[1];
        }
        String arguments =
                "(depth=%d, activation=%s, weight=%s, bias=%s)"
                        .formatted(depth, activation, WEIGHT, BIAS);
        check(outputs, "nngp" + arguments);
        check(tangents, "ntk" + arguments);
    }

    /** Within four standard errors of the mean, and what a finite width may move it by. */
    private static void check(double[] draws, String text) {
        double closed = Pairs.signal(Covariance.parse(text).bind(3), ROWS[0], ROWS[1]);
        double mean = 0;
        for (double draw : draws) {
            mean += draw / NETWORKS;
        }
        double squares = 0;
        for (double draw : draws) {
            squares += (draw - mean) * (draw - mean) / (NETWORKS - 1);
        }
        double error = Math.sqrt(squares / NETWORKS);
        assertThat(error).as(text).isLessThan(0.03 * Math.abs(closed));
        assertThat(Math.abs(mean - closed))
                .as("%s: %s against %s ± %s", text, closed, mean, error)
                .isLessThan(4 * error + Math.abs(closed) / WIDTH);
    }

    /**
     * One network's E over the read-out weights of f(x)f(y), and ∇f(x)·∇f(y) by all weights and
     * biases.
     */
    private double[] draw(int depth, DoubleUnaryOperator phi, DoubleUnaryOperator slope) {
        double[][] inputs = ROWS;
        var weights = new double[depth][][];
        var before = new double[depth][][];
        var scalars = new double[depth + 1];
        for (int l = 0; l < depth; l++) {
            int fan = inputs[0].length;
            scalars[l] = BIAS + WEIGHT / fan * dot(inputs[0], inputs[1]);
            weights[l] = normal(WIDTH, fan);
            double[] biases = normal(1, WIDTH)[0];
            before[l] =
                    new double[][] {
                        layer(weights[l], biases, inputs[0]), layer(weights[l], biases, inputs[1])
                    };
            inputs = new double[][] {map(phi, before[l][0]), map(phi, before[l][1])};
        }
        scalars[depth] = BIAS + WEIGHT / WIDTH * dot(inputs[0], inputs[1]);
        double[] readout = normal(1, WIDTH)[0];
        double tangent = scalars[depth];
        double[][] back = {readout, readout};
        for (int l = depth - 1; l >= 0; l--) {
            var deltas = new double[2][WIDTH];
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < WIDTH; i++) {
                    deltas[side][i] =
                            Math.sqrt(WEIGHT / WIDTH)
                                    * back[side][i]
                                    * slope.applyAsDouble(before[l][side][i]);
                }
            }
            tangent += dot(deltas[0], deltas[1]) * scalars[l];
            back =
                    l == 0
                            ? back
                            : new double[][] {
                                carried(weights[l], deltas[0]), carried(weights[l], deltas[1])
                            };
        }
        return new double[] {scalars[depth], tangent};
    }

    private static double[] layer(double[][] weights, double[] biases, double[] input) {
        var output = new double[weights.length];
        for (int i = 0; i < output.length; i++) {
            output[i] =
                    Math.sqrt(WEIGHT / input.length) * dot(weights[i], input)
                            + Math.sqrt(BIAS) * biases[i];
        }
        return output;
    }

    private static double[] carried(double[][] weights, double[] deltas) {
        var back = new double[weights[0].length];
        for (int i = 0; i < deltas.length; i++) {
            for (int j = 0; j < back.length; j++) {
                back[j] += weights[i][j] * deltas[i];
            }
        }
        return back;
    }

    private double[][] normal(int rows, int columns) {
        var numbers = new double[rows][columns];
        for (double[] row : numbers) {
            for (int k = 0; k < columns; k++) {
                row[k] = random.nextGaussian();
            }
        }
        return numbers;
    }

    private static double[] map(DoubleUnaryOperator f, double[] values) {
        return java.util.Arrays.stream(values).map(f).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double erf(double x) {
        return org.kernfield.kernel.Op.ERF.apply(x, 0, 0);
    }
}
