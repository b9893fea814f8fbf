package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.Set;

/** How many operations a pair costs: a derivative must not grow beyond what is stated here. */
class ProgramSizeTest {
    private static final String GAUSSIAN =
            "input x[2]; param c[2]; param w; d = x - c;" + "out y = gaussian(sum(d*d) / w^2)";

    /** |L(x − c)|² with a triangular L, cut at three widths, three colours. */
    private static final String ANISOTROPIC =
            "input x[2]; param c[2]; param l[3]; param colour[3]; d = x - c;"
                    + "u = l[0]*d[0]; v = l[2]*d[1] + l[1]*d[0]; s = u*u + v*v; g = gaussian(s);"
                    + "out y = [select(s < 9, g*colour[0], 0), select(s < 9, g*colour[1], 0),"
                    + " select(s < 9, g*colour[2], 0)]";

    private static final String MATERN =
            "input x[3]; param c[3]; d = x - c; out y = matern[2](sum(d*d))";

    private static final String MULTIQUADRIC =
            "input x[3]; param c[3]; d = x - c; out y = multiquadric(sum(d*d))";

    private static final String NETWORK =
            "input x[2]; uniform a[4]; uniform b[2]; uniform o[2];"
                    + "h = [a[0]*x[0] + a[1]*x[1] + b[0], a[2]*x[0] + a[3]*x[1] + b[1]];"
                    + "out y = sum(tanh(h)*o)";

    private static String text(String name) {
        return switch (name) {
            case "gaussian" -> GAUSSIAN;
            case "anisotropic" -> ANISOTROPIC;
            case "matern" -> MATERN;
            case "multiquadric" -> MULTIQUADRIC;
            default -> NETWORK;
        };
    }

    private static Kernel derived(Kernel kernel, String derivative) {
        return switch (derivative) {
            case "value" -> kernel;
            case "vjp by x" -> kernel.vjp(Set.of("x"));
            case "vjp by all" -> {
                var all = new HashSet<String>();
                kernel.slots().forEach(s -> all.add(s.name()));
                yield kernel.vjp(all);
            }
            case "jacobian" -> kernel.jacobian("x");
            case "hessian" -> kernel.hessian("x");
            case "laplacian" -> kernel.laplacian("x");
            default -> kernel.jet(2, "x");
        };
    }

    @Test
    void minusSignsMoveToWhereTheyCostNothing() {
        Kernel kernel =
                Kernel.parse(
                        "input a, b; out y = [a + -b, a - -b, -a * -b, -(a*3), -a * 2, -a/-b]");
        // a − b, a + b, a·b, a·−3, a·−2, a/b
        assertThat(kernel.program().operations()).isEqualTo(6);
        double inf = Double.POSITIVE_INFINITY;
        assertThat(Values.of("a", 2).and("b", -inf).in(kernel))
                .containsExactly(inf, -inf, -inf, -6, -4, -0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "gaussian, value, 9",
        "gaussian, vjp by x, 17",
        "gaussian, vjp by all, 24",
        "gaussian, jet, 34",
        "anisotropic, value, 18",
        "anisotropic, vjp by x, 30",
        "anisotropic, vjp by all, 38",
        "matern, value, 15",
        "matern, jacobian, 21",
        "matern, hessian, 38",
        "matern, laplacian, 34",
        "multiquadric, jacobian, 18",
        "multiquadric, laplacian, 33",
        "network, value, 13",
        "network, vjp by all, 30",
        "network, laplacian, 41",
        "network, jet, 54"
    })
    void costsWhatIsStated(String name, String derivative, int operations) {
        Kernel kernel = derived(Kernel.parse(text(name)), derivative);
        assertThat(kernel.program().operations()).as(kernel.describe()).isEqualTo(operations);
    }
}
