package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kernfield.kernel.RadialProfile.Gaussian;
import org.kernfield.kernel.RadialProfile.Matern;
import org.kernfield.kernel.RadialProfile.Multiquadric;
import org.kernfield.kernel.RadialProfile.Polyharmonic;
import org.kernfield.kernel.RadialProfile.Wendland;

import java.util.List;
import java.util.Set;

class RadialProfileTest {
    /** Whose second derivative in s does not exist at 0. */
    private static final Set<RadialProfile> ONCE_IN_S =
            Set.of(new Wendland(2), new Matern(1), new Polyharmonic(3), new Polyharmonic(4));

    static List<RadialProfile> all() {
        return List.of(
                new Gaussian(),
                new Gaussian(3),
                new Wendland(2),
                new Wendland(4),
                new Matern(1),
                new Matern(2),
                new Matern(3),
                new Matern(4),
                RadialProfile.multiquadric(),
                RadialProfile.inverseMultiquadric(),
                new Multiquadric(-0.7, 2),
                new Polyharmonic(3),
                new Polyharmonic(4),
                new Polyharmonic(5),
                new Polyharmonic(6));
    }

    static List<RadialProfile> differentiable() {
        return List.of(
                new Gaussian(),
                new Gaussian(-2).derivative(),
                new Wendland(2),
                new Wendland(4),
                new Wendland(4, 1),
                new Matern(1),
                new Matern(2),
                new Matern(3, 1),
                new Matern(4),
                new Matern(4, 2),
                RadialProfile.multiquadric(),
                RadialProfile.inverseMultiquadric().derivative(),
                new Multiquadric(-0.7, 2),
                new Polyharmonic(3),
                new Polyharmonic(4),
                new Polyharmonic(5, 1),
                new Polyharmonic(6),
                new Polyharmonic(8, 2));
    }

    private static double at(RadialProfile profile, double s) {
        var k = Kernel.build("profile");
        k.output("y", k.input("s").radial(profile));
        return Values.of("s", s).in(k.done())[0];
    }

    @Test
    void valuesAreThoseOfTheTables() {
        assertThat(at(new Gaussian(), 2)).isCloseTo(Math.exp(-1), within(1e-15));
        // Wendland (2005), table 9.1, at r = 1/2: (1/2)⁴·3 and (1/2)⁶·(35/4 + 9 + 3)/3
        assertThat(at(new Wendland(2), 0.25)).isCloseTo(3.0 / 16, within(1e-15));
        assertThat(at(new Wendland(4), 0.25)).isCloseTo(20.75 / 192, within(1e-15));
        // Rasmussen and Williams (2006), equation 4.17, at r = 1/2
        double u = Math.sqrt(5) / 2;
        assertThat(at(new Matern(0), 0.25)).isCloseTo(Math.exp(-0.5), within(1e-15));
        assertThat(at(new Matern(2), 0.25))
                .isCloseTo((1 + u + u * u / 3) * Math.exp(-u), within(1e-15));
        assertThat(at(RadialProfile.inverseMultiquadric(), 3)).isEqualTo(0.5);
        assertThat(at(new Polyharmonic(3), 4)).isEqualTo(8);
        assertThat(at(new Polyharmonic(2), 4)).isCloseTo(4 * Math.log(2), within(1e-15));
        assertThat(at(new Polyharmonic(2), 0)).isZero();
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void derivativeMatchesDifferencesAwayFromZero(RadialProfile profile) {
        for (double s : new double[] {0.04, 0.25, 0.81, 0.98, 1.5, 7}) {
            double h = 1e-5 * s;
            double difference = (at(profile, s + h) - at(profile, s - h)) / (2 * h);
            assertThat(at(profile.derivative(), s))
                    .as("%s at %s", profile, s)
                    .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }
    }

    /** Beyond C2 in r the second term of φ(s) − φ(0) is of order s^1.5. */
    @ParameterizedTest
    @MethodSource("differentiable")
    void derivativeIsTheLimitAtZero(RadialProfile profile) {
        double h = 1e-10;
        double difference = (at(profile, h) - at(profile, 0)) / h;
        assertThat(at(profile.derivative(), 0))
                .isCloseTo(difference, within(1e-4 * (1 + Math.abs(difference))));
    }

    private static Kernel field(RadialProfile profile) {
        var k = Kernel.build("field");
        Vec d = k.input("x", 3).minus(k.param("centre", 3));
        k.output("y", d.squaredNorm().radial(profile));
        return k.done();
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientVanishesAtTheCentre(RadialProfile profile) {
        var there = Values.of("x", 1, 2, 3).and("centre", 1, 2, 3);
        assertThat(there.in(field(profile).jacobian("x")))
                .containsExactly(new double[3], within(0.0));
    }

    /** ∇∇φ(|x|²) at 0 is 2 φ'(0) times the identity. */
    @ParameterizedTest
    @MethodSource("all")
    void hessianAtTheCentreIsTwiceTheSlope(RadialProfile profile) {
        if (ONCE_IN_S.contains(profile)) {
            return;
        }
        var there = Values.of("x", 1, 2, 3).and("centre", 1, 2, 3);
        double twice = 2 * at(profile.derivative(), 0);
        assertThat(there.in(field(profile).jacobian("x").jacobian("x")))
                .containsExactly(
                        new double[] {twice, 0, 0, 0, twice, 0, 0, 0, twice}, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientMatchesDifferences(RadialProfile profile) {
        Kernel kernel = field(profile);
        var place = Values.of("x", 0.3, -0.2, 0.5).and("centre", 0.1, 0.25, 0);
        double[] gradient = place.in(kernel.jacobian("x"));
        for (int c = 0; c < 3; c++) {
            assertThat(gradient[c]).isCloseTo(place.difference(kernel, 0, "x", c), within(1e-8));
        }
    }

    @Test
    void secondDerivativesMatchDifferencesOfTheFirst() {
        Kernel gradient = field(new Wendland(4)).jacobian("x");
        Kernel hessian = gradient.jacobian("x");
        var place = Values.of("x", 0.3, -0.2, 0.5).and("centre", 0.1, 0.25, 0);
        double[] second = place.in(hessian);
        for (int row = 0; row < 3; row++) {
            for (int c = 0; c < 3; c++) {
                assertThat(second[3 * row + c])
                        .isCloseTo(place.difference(gradient, row, "x", c), within(1e-7));
            }
        }
    }

    @Test
    void refusesDerivativesBeyondItsSmoothness() {
        Kernel gradient = field(new Wendland(2)).jacobian("x");
        assertThatThrownBy(() -> gradient.jacobian("x"))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("Wendland C2")
                .hasMessageContaining("use C4");
    }

    @Test
    void refusesSlopesThatDoNotExistAtTheCentre() {
        for (RadialProfile rough :
                List.of(new Matern(0), new Polyharmonic(1), new Polyharmonic(2))) {
            assertThatThrownBy(() -> field(rough).jacobian("x"))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("derivative 1 in s = r² does not exist at r = 0; use");
        }
        assertThatThrownBy(() -> field(new Matern(1)).jacobian("x").jacobian("x"))
                .hasMessageContaining("Matérn 3/2: derivative 2")
                .hasMessageContaining("use Matérn 5/2");
    }

    @Test
    void refusesFamiliesItHasNotGot() {
        assertThatThrownBy(() -> new Matern(5)).hasMessageContaining("use 0 to 4");
        assertThatThrownBy(() -> new Polyharmonic(0)).hasMessageContaining("not in the family");
        assertThatThrownBy(() -> new Wendland(6)).hasMessageContaining("use C2 or C4");
    }

    @Test
    void refusesOrdersItHasNotGot() {
        assertThatThrownBy(() -> new Wendland(2, 2))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("order");
    }
}
