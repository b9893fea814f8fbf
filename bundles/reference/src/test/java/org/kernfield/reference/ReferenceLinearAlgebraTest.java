package org.kernfield.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;

import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

class ReferenceLinearAlgebraTest {
    private final ReferenceLinearAlgebra algebra = new ReferenceLinearAlgebra();

    private static Array random(int rows, int columns) {
        var random = new SplittableRandom(rows * 100 + columns);
        Array a = zeros(rows, columns);
        for (long k = 0; k < a.elements(); k++) {
            a.set(k, random.nextDouble(-1, 1));
        }
        return a;
    }

    private static Array zeros(int rows, int columns) {
        return Array.zeros(ElementType.F64, rows, columns);
    }

    private static double[] values(Array a) {
        return a.data().toArray(ValueLayout.JAVA_DOUBLE);
    }

    private static Array copy(Array a) {
        return a.as(a.type());
    }

    /** A·diag(d)·Bᵀ, written out. */
    private static Array composed(Array a, Array d, Array b) {
        Array product = zeros((int) a.rows(), (int) b.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.rows(); j++) {
                double sum = 0;
                for (int k = 0; k < d.rows(); k++) {
                    sum += a.get(i * a.width() + k) * d.get(k) * b.get(j * b.width() + k);
                }
                product.set(i * b.rows() + j, sum);
            }
        }
        return product;
    }

    private static Array ones(int n) {
        Array ones = zeros(n, 1);
        for (int k = 0; k < n; k++) {
            ones.set(k, 1);
        }
        return ones;
    }

    private static Array transposed(Array a) {
        Array t = zeros(a.width(), (int) a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.width(); j++) {
                t.set(j * a.rows() + i, a.get((long) i * a.width() + j));
            }
        }
        return t;
    }

    private static void close(Array given, Array wanted) {
        assertThat(values(given)).containsExactly(values(wanted), within(1e-12));
    }

    @Test
    void multipliesAsWrittenOut() {
        Array c = Array.of(2, 1.0, 1, 1, 1);
        algebra.gemm(2, Array.of(2, 1.0, 2, 3, 4), false, Array.of(2, 5.0, 6, 7, 8), false, 10, c);
        assertThat(values(c)).containsExactly(48, 54, 96, 110);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void multipliesTransposedOperands(boolean transposeA, boolean transposeB) {
        Array a = random(7, 5);
        Array b = random(5, 3);
        Array c = zeros(7, 3);
        algebra.gemm(
                1,
                transposeA ? transposed(a) : a,
                transposeA,
                transposeB ? transposed(b) : b,
                transposeB,
                0,
                c);
        close(c, composed(a, ones(5), transposed(b)));
    }

    @Test
    void zeroBetaOverwritesNaN() {
        Array c = Array.of(1, Double.NaN);
        algebra.gemm(1, Array.of(1, 3.0), false, Array.of(1, 4.0), false, 0, c);
        assertThat(c.get(0)).isEqualTo(12);
    }

    @Test
    void multipliesByItsOwnTranspose() {
        Array a = random(6, 4);
        Array c = zeros(6, 6);
        algebra.syrk(1, a, false, 0, c);
        close(c, composed(a, ones(4), a));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 60})
    void factorsIntoATriangleThatGivesTheMatrixBack(int n) {
        Array spd = composed(random(n, n), ones(n), random(n, n));
        for (int i = 0; i < n; i++) {
            spd.set((long) i * n + i, spd.get((long) i * n + i) + 0.5);
        }
        Array l = copy(spd);
        assertThat(algebra.potrf(l)).isZero();
        close(composed(l, ones(n), l), spd);
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                assertThat(l.get((long) i * n + j)).isZero();
            }
        }
    }

    @Test
    void namesTheLeadingMinorThatIsNotPositive() {
        assertThat(algebra.potrf(Array.of(3, 4.0, 0, 0, 2, 1, 0, 0, 0, 9))).isEqualTo(2);
        assertThat(algebra.potrf(Array.of(1, Double.NaN))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void solvesTriangles(boolean transpose) {
        int n = 9;
        Array l = random(n, n);
        for (int i = 0; i < n; i++) {
            l.set(i * n + i, 2);
            for (int j = i + 1; j < n; j++) {
                l.set(i * n + j, 0);
            }
        }
        Array x = random(n, 4);
        Array b = composed(transpose ? transposed(l) : l, ones(n), transposed(x));
        algebra.trsm(Side.LEFT, Triangle.LOWER, transpose, l, b);
        close(b, x);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void eigenvectorsRebuildTheMatrixAndAreOrthonormal(int n) {
        Array half = random(n, n);
        Array symmetric = zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric.set(i * n + j, half.get(i * n + j) + half.get(j * n + i));
            }
        }
        Array v = copy(symmetric);
        Array w = zeros(n, 1);
        algebra.symmetricEigen(v, w);
        close(composed(v, w, v), symmetric);
        Array identity = zeros(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i * n + i, 1);
        }
        close(composed(transposed(v), ones(n), transposed(v)), identity);
        assertThat(values(w)).isSorted();
    }

    /** The second difference on n points has the eigenvalues 2 − 2 cos(kπ/(n+1)). */
    @Test
    void eigenvaluesOfTheSecondDifferenceAreKnown() {
        int n = 12;
        Array a = zeros(n, n);
        for (int i = 0; i < n; i++) {
            a.set(i * n + i, 2);
            if (i > 0) {
                a.set(i * n + i - 1, -1);
                a.set((i - 1) * n + i, -1);
            }
        }
        Array w = zeros(n, 1);
        algebra.symmetricEigen(a, w);
        for (int k = 0; k < n; k++) {
            assertThat(w.get(k))
                    .isCloseTo(2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)), within(1e-13));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,5", "20,7", "7,20", "3,1"})
    void singularVectorsRebuildTheMatrixAndAreOrthonormal(int m, int n) {
        int k = Math.min(m, n);
        Array a = random(m, n);
        Array u = zeros(m, k);
        Array s = zeros(k, 1);
        Array v = zeros(n, k);
        algebra.svd(a, u, s, v);
        close(composed(u, s, v), a);
        Array identity = zeros(k, k);
        for (int i = 0; i < k; i++) {
            identity.set(i * k + i, 1);
        }
        close(composed(transposed(u), ones(m), transposed(u)), identity);
        close(composed(transposed(v), ones(n), transposed(v)), identity);
        assertThat(values(s)).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    }

    @Test
    void singularMatrixStillHasOrthonormalVectors() {
        Array a = Array.of(3, 1.0, 2, 3, 2, 4, 6, 3, 6, 9);
        Array u = zeros(3, 3);
        Array s = zeros(3, 1);
        Array v = zeros(3, 3);
        algebra.svd(a, u, s, v);
        assertThat(values(s)).containsExactly(new double[] {14, 0, 0}, within(1e-13));
        close(composed(u, ones(3), u), Array.of(3, 1.0, 0, 0, 0, 1, 0, 0, 0, 1));
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatThrownBy(
                        () ->
                                algebra.gemm(
                                        1, zeros(2, 3), false, zeros(2, 3), false, 0, zeros(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 × 3 times 2 × 3");
        assertThatThrownBy(() -> algebra.potrf(zeros(2, 3))).hasMessageContaining("not square");
    }

    @Test
    void refusesMixedTypes() {
        assertThatThrownBy(() -> algebra.syrk(1, zeros(2, 2), false, 0, Array.of(2, new float[4])))
                .hasMessageContaining("one type");
    }
}
