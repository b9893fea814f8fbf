package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.field.State;

import java.util.Map;
import java.util.Set;

class AdamTest {
    private static final double[] RATES = {0.1, 0.02};
    private final MapCompute compute = new MapCompute();

    @Test
    void followsAlgorithmOneOfThePaper() {
        double[] p = {1, -2, 3, 0.5};
        var adam = new Adam(0.9, 0.99, 1e-8);
        adam.put("p", Array.of(2, p.clone()), compute);

        var m = new double[p.length];
        var v = new double[p.length];
        for (int t = 1; t <= 7; t++) {
            double[] g = gradient(t);
            step(adam, g);
            for (int k = 0; k < p.length; k++) {
                m[k] = 0.9 * m[k] + 0.1 * g[k];
                v[k] = 0.99 * v[k] + 0.01 * g[k] * g[k];
                double direction = m[k] / (1 - Math.pow(0.9, t));
                double scale = Math.sqrt(v[k] / (1 - Math.pow(0.99, t))) + 1e-8;
                p[k] -= RATES[k % 2] * direction / scale;
            }
        }

        assertThat(values(adam)).containsExactly(p, within(1e-6));
    }

    @Test
    void keepsComponentsWithinTheirBounds() {
        var adam = new Adam(0.9, 0.999, 1e-8);
        adam.put("p", Array.of(2, 0.95, 0.05), compute);

        adam.step(
                "p",
                compute.upload(Array.of(2, -1.0, 1.0)),
                new double[] {0.1, 0.1},
                new double[] {0, 0},
                new double[] {1, 1},
                compute);

        assertThat(values(adam)).containsExactly(new double[] {1, 0}, within(0.0));
    }

    @Test
    void goesOnFromASavedStateAsIfNothingHadHappened() {
        var straight = new Adam(0.9, 0.99, 1e-8);
        straight.put("p", Array.of(2, 1.0, -2, 3, 0.5), compute);
        var state = new State(Map.of(), Map.of());
        step(straight, gradient(1));
        step(straight, gradient(2));
        straight.save(state, compute);
        var resumed = new Adam(0.9, 0.99, 1e-8);
        resumed.restore(state, Set.of("p"), compute);

        // as a backend does: the state is float32, so both go on from those values
        straight.restore(state, Set.of("p"), compute);
        step(straight, gradient(3));
        step(resumed, gradient(3));

        assertThat(values(resumed)).isEqualTo(values(straight));
        assertThat(resumed.steps("p")).isEqualTo(3);
    }

    @Test
    void freesItsBuffersWhenClosed() {
        var adam = new Adam(0.9, 0.999, 1e-8);
        adam.put("p", Array.of(1, 1.0), compute);
        adam.put("p", Array.of(1, 1.0, 2), compute);

        adam.close();

        assertThat(compute.open).isEmpty();
    }

    @Test
    void namesItsParametersWhenAskedForAnother() {
        var adam = new Adam(0.9, 0.999, 1e-8);
        adam.put("centre", Array.of(1, 1.0), compute);

        assertThatThrownBy(() -> adam.parameter("center"))
                .hasMessage("Adam: no parameter 'center'; it has [centre]");
    }

    @Test
    void refusesDecaysThatNeverForget() {
        assertThatThrownBy(() -> new Adam(1, 0.999, 1e-8)).hasMessageContaining("beta1 = 1.0");
    }

    private void step(Adam adam, double[] gradient) {
        Buffer g = compute.upload(Array.of(2, gradient));
        adam.step("p", g, RATES, compute);
        g.close();
    }

    private static double[] gradient(int t) {
        return new double[] {Math.sin(t), 3 * Math.cos(t), 0.01 * t, -t * t};
    }

    private double[] values(Adam adam) {
        float[] floats = compute.download(adam.parameter("p")).toFloats();
        var doubles = new double[floats.length];
        for (int k = 0; k < doubles.length; k++) {
            doubles[k] = floats[k];
        }
        return doubles;
    }
}
