package org.kernfield.numerics.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Mesh;

import java.util.Arrays;
import java.util.SplittableRandom;

class MarchingTetrahedraTest {
    @FunctionalInterface
    private interface Function {
        double at(double x, double y, double z);
    }

    private static Mesh mesh(SampleGrid grid, double level, Function function) {
        var layer = new float[grid.layer()];
        return MarchingTetrahedra.of(
                grid,
                level,
                k -> {
                    for (int j = 0; j < grid.ny(); j++) {
                        for (int i = 0; i < grid.nx(); i++) {
                            double[] o = grid.origin();
                            layer[j * grid.nx() + i] =
                                    (float)
                                            function.at(
                                                    o[0] + grid.spacing() * i,
                                                    o[1] + grid.spacing() * j,
                                                    o[2] + grid.spacing() * k);
                        }
                    }
                    return layer;
                });
    }

    /** Signed volume under the triangles, positive where they face outward. */
    private static double volume(Mesh mesh) {
        double sum = 0;
        float[] v = mesh.vertices();
        int[] t = mesh.triangles();
        for (int c = 0; c < t.length; c += 3) {
            int a = 3 * t[c];
            int b = 3 * t[c + 1];
            int d = 3 * t[c + 2];
            sum +=
                    v[a] * (v[b + 1] * v[d + 2] - v[b + 2] * v[d + 1])
                            - v[a + 1] * (v[b] * v[d + 2] - v[b + 2] * v[d])
                            + v[a + 2] * (v[b] * v[d + 1] - v[b + 1] * v[d]);
        }
        return sum / 6;
    }

    @Test
    void aBallHasItsVolumeAndOneClosedSurfaceFacingOutward() {
        var grid = SampleGrid.over(new double[] {-1, -1, -1, 1, 1, 1}, 48);
        Mesh ball = mesh(grid, -0.8, (x, y, z) -> -Math.sqrt(x * x + y * y + z * z));
        assertThat(Topology.of(ball)).isEqualTo(new Topology(true, true));
        assertThat(volume(ball)).isCloseTo(4 * Math.PI / 3 * Math.pow(0.8, 3), within(4e-3));
        // Euler: vertices − edges + triangles = 2 for a sphere
        assertThat(ball.vertexCount() - ball.triangleCount() / 2).isEqualTo(2);
        float[] v = ball.vertices();
        for (int k = 0; k < v.length; k += 3) {
            double r = Math.sqrt(v[k] * v[k] + v[k + 1] * v[k + 1] + v[k + 2] * v[k + 2]);
            assertThat(r).isCloseTo(0.8, within(2e-3));
        }
    }

    @Test
    void aTorusHasOneHole() {
        var grid = SampleGrid.over(new double[] {-1.4, -1.4, -0.4, 1.4, 1.4, 0.4}, 60);
        Mesh torus = mesh(grid, -0.3, (x, y, z) -> -Math.hypot(Math.hypot(x, y) - 1, z));
        assertThat(Topology.of(torus)).isEqualTo(new Topology(true, true));
        assertThat(torus.vertexCount() - torus.triangleCount() / 2).isZero();
    }

    /** Every combination of corners comes up in noise. */
    @Test
    void noiseWithAnEmptyBorderIsClosedAndManifold() {
        var random = new SplittableRandom(5);
        var grid = new SampleGrid(new double[3], 1, 14, 11, 9);
        Mesh noise =
                mesh(
                        grid,
                        0.5,
                        (x, y, z) ->
                                x < 1 || y < 1 || z < 1 || x > 12 || y > 9 || z > 7
                                        ? 0
                                        : random.nextDouble());
        assertThat(noise.triangleCount()).isGreaterThan(1000);
        assertThat(Topology.of(noise)).isEqualTo(new Topology(true, true));
        assertThat(volume(noise)).isPositive();
    }

    @Test
    void whatReachesTheBorderIsOpen() {
        var grid = new SampleGrid(new double[3], 1, 4, 4, 4);
        Mesh plane = mesh(grid, 1.5, (x, y, z) -> z);
        assertThat(Topology.of(plane)).isEqualTo(new Topology(false, true));
        assertThat(Arrays.stream(plane.triangles()).max().orElse(-1))
                .isEqualTo(plane.vertexCount() - 1);
    }

    @Test
    void nothingInsideIsAnEmptyMesh() {
        var grid = new SampleGrid(new double[3], 1, 3, 3, 3);
        Mesh nothing = mesh(grid, 1, (x, y, z) -> Double.NaN);
        assertThat(nothing.vertexCount()).isZero();
    }
}
