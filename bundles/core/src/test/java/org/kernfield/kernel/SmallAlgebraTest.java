package org.kernfield.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.function.Function;

class SmallAlgebraTest {
    private static double[] of(double[] numbers, Function<Vec, Vec> f) {
        var k = Kernel.build("algebra");
        k.output("y", f.apply(k.input("x", numbers.length)));
        return Values.of("x", numbers).in(k.done());
    }

    private static Mat square(Vec v, int size) {
        var rows = new Vec[size];
        for (int i = 0; i < size; i++) {
            rows[i] = v.slice(i * size, (i + 1) * size);
        }
        return Mat.ofRows(rows);
    }

    private static Vec flat(Mat m) {
        var all = new Expr[m.rows() * m.columns()];
        for (int k = 0; k < all.length; k++) {
            all[k] = m.row(k / m.columns()).get(k % m.columns());
        }
        return Vec.of(all);
    }

    @Test
    void crossProductFollowsTheRightHand() {
        assertThat(of(new double[] {1, 2, 3, 4, 5, 6}, v -> v.slice(0, 3).cross(v.slice(3, 6))))
                .containsExactly(-3, 6, -3);
    }

    @Test
    void inverseTimesMatrixIsTheIdentity() {
        double[] three = {2, -1, 0.5, 3, 4, 1, -2, 0.25, 5};
        assertThat(of(three, v -> Vec.of(square(v, 3).determinant())))
                .containsExactly(2 * 19.75 + (15 + 2) + 0.5 * 8.75);
        assertThat(of(three, v -> flat(square(v, 3).inverse().times(square(v, 3)))))
                .containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-15));
        double[] two = {3, 1, -2, 5};
        assertThat(of(two, v -> flat(square(v, 2).inverse().times(square(v, 2)))))
                .containsExactly(new double[] {1, 0, 0, 1}, within(1e-15));
    }

    @Test
    void eigenvaluesOfASymmetricMatrix() {
        // trace 7, determinant 6
        assertThat(of(new double[] {2, 2, 2, 5}, v -> square(v, 2).symmetricEigenvalues()))
                .containsExactly(new double[] {6, 1}, within(1e-15));
    }

    /** A third of a turn about (1, 1, 1) takes x to y, y to z, z to x. */
    @Test
    void quaternionTurnsTheAxes() {
        double[] q = {0.5, 0.5, 0.5, 0.5};
        assertThat(of(q, v -> flat(Mat.rotation(v)))).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
    }

    @Test
    void outerProductAndNormalisation() {
        assertThat(of(new double[] {1, 2, 3}, v -> flat(v.slice(0, 2).outer(v))))
                .containsExactly(1, 2, 3, 2, 4, 6);
        assertThat(of(new double[] {3, 4}, Vec::normalised))
                .containsExactly(new double[] {0.6, 0.8}, within(1e-15));
    }

    /** Constants of the splatting papers' code, and of degree 4 from tables of real harmonics. */
    @Test
    void sphericalHarmonicsHaveTheSignsOfSplatting() {
        double x = 2.0 / 7;
        double y = 3.0 / 7;
        double z = 6.0 / 7;
        double[] basis = of(new double[] {x, y, z}, v -> SphericalHarmonics.of(v, 4));
        double[] expected = {
            0.28209479177387814,
            -0.4886025119029199 * y,
            0.4886025119029199 * z,
            -0.4886025119029199 * x,
            1.0925484305920792 * x * y,
            -1.0925484305920792 * y * z,
            0.31539156525252005 * (2 * z * z - x * x - y * y),
            -1.0925484305920792 * x * z,
            0.5462742152960396 * (x * x - y * y),
            -0.5900435899266435 * y * (3 * x * x - y * y),
            2.890611442640554 * x * y * z,
            -0.4570457994644658 * y * (4 * z * z - x * x - y * y),
            0.3731763325901154 * z * (2 * z * z - 3 * x * x - 3 * y * y),
            -0.4570457994644658 * x * (4 * z * z - x * x - y * y),
            1.445305721320277 * z * (x * x - y * y),
            -0.5900435899266435 * x * (x * x - 3 * y * y),
            2.5033429417967046 * x * y * (x * x - y * y),
            -1.7701307697799304 * y * z * (3 * x * x - y * y),
            0.9461746957575601 * x * y * (7 * z * z - 1),
            -0.6690465435572892 * y * z * (7 * z * z - 3),
            0.10578554691520431 * (z * z * (35 * z * z - 30) + 3),
            -0.6690465435572892 * x * z * (7 * z * z - 3),
            0.47308734787878004 * (x * x - y * y) * (7 * z * z - 1),
            -1.7701307697799304 * x * z * (x * x - 3 * y * y),
            0.6258357354491761 * (x * x * (x * x - 3 * y * y) - y * y * (3 * x * x - y * y))
        };
        assertThat(basis).containsExactly(expected, within(1e-14));
    }

    @Test
    void wrongShapesAreNamed() {
        var k = Kernel.build("shapes");
        Vec v = k.input("v", 4);
        assertThatThrownBy(() -> v.cross(v)).hasMessageContaining("4 components; give 3");
        assertThatThrownBy(() -> Mat.ofRows(v, v).determinant())
                .hasMessageContaining("determinant of a matrix of 2 × 4: give a square matrix");
        assertThatThrownBy(() -> SphericalHarmonics.of(v.slice(0, 3), 5))
                .hasMessageContaining("degree 5: use 0 to 4");
    }
}
