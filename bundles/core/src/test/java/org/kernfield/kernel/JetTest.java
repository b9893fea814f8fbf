package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JetTest {
    private static final Values PLACE = Values.of("x", 0.4, -0.7).and("t", 1.3).and("p", 0.1, 0.2);

    /** u = sin(x₀ t) x₁² + exp(−|x − p|²/2), v = x₀ t. */
    private static Kernel kernel() {
        var k = Kernel.build("field");
        Vec x = k.input("x", 2);
        Expr t = k.input("t");
        Vec p = k.param("p", 2);
        Expr bump = x.sqdist(p).radial(new RadialProfile.Gaussian());
        k.output("u", x.x().times(t).sin().times(x.y().square()).plus(bump));
        k.output("v", x.x().times(t));
        return k.done();
    }

    @Test
    void outputsAreNamedByWhatTheyAreDifferentiatedBy() {
        assertThat(kernel().jet(2, "x", "t").outputs())
                .extracting(o -> o.name() + ":" + o.width())
                .containsExactly(
                        "u:1", "u_x:2", "u_x_x:4", "u_x_t:2", "u_t:1", "u_t_t:1", "v:1", "v_x:2",
                        "v_x_x:4", "v_x_t:2", "v_t:1", "v_t_t:1");
    }

    @Test
    void firstAndSecondDerivativesMatchDifferences() {
        Kernel jet = kernel().jet(2, "x", "t");
        double[] values = PLACE.in(jet);
        // u, u_x, u_x_x, u_x_t, u_t, u_t_t at 0, 1, 3, 7, 9, 10
        for (int c = 0; c < 2; c++) {
            assertThat(values[1 + c]).isCloseTo(PLACE.difference(jet, 0, "x", c), within(1e-8));
            for (int d = 0; d < 2; d++) {
                assertThat(values[3 + 2 * c + d])
                        .isCloseTo(PLACE.difference(jet, 1 + c, "x", d), within(1e-8));
            }
            assertThat(values[7 + c]).isCloseTo(PLACE.difference(jet, 1 + c, "t", 0), within(1e-8));
        }
        assertThat(values[9]).isCloseTo(PLACE.difference(jet, 0, "t", 0), within(1e-8));
        assertThat(values[10]).isCloseTo(PLACE.difference(jet, 9, "t", 0), within(1e-8));
    }

    @Test
    void hessianIsThatOfTheJetAndItsTraceTheLaplacian() {
        double[] jet = PLACE.in(kernel().jet(2, "x"));
        double[] hessian = PLACE.in(kernel().hessian("x"));
        assertThat(hessian).containsExactly(jet[3], jet[4], jet[5], jet[6], 0, 0, 0, 0);
        assertThat(hessian[1]).isEqualTo(hessian[2]);
        assertThat(PLACE.in(kernel().laplacian("x"))[0])
                .isCloseTo(hessian[0] + hessian[3], within(1e-15));
    }

    @Test
    void partialDerivativesDoNotDependOnTheirOrder() {
        Kernel third = kernel().partial("x", 0, 1, 1);
        assertThat(third.fingerprint()).isEqualTo(kernel().partial("x", 1, 0, 1).fingerprint());
        Kernel second = kernel().partial("x", 1, 1);
        assertThat(PLACE.in(third)[0]).isCloseTo(PLACE.difference(second, 0, "x", 0), within(1e-8));
    }

    /** Δ exp(−r²/2) = (r² − d) exp(−r²/2), at the centre −d. */
    @Test
    void laplacianOfAGaussianIsExactAtItsCentre() {
        var k = Kernel.build("gaussian");
        k.output("y", k.input("x", 3).sqdist(k.param("p", 3)).radial(new RadialProfile.Gaussian()));
        var there = Values.of("x", 1, 2, 3).and("p", 1, 2, 3);
        assertThat(there.in(k.done().laplacian("x"))).containsExactly(-3);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> kernel().partial("x", 2))
                .hasMessageContaining("by x[2]: input x[2] has 2 components; use 0 to 1");
        assertThatThrownBy(() -> kernel().jet(1, "x", "x")).hasMessageContaining("each once");
        assertThatThrownBy(() -> kernel().jet(1, "q")).hasMessageContaining("no slot 'q'");
    }
}
