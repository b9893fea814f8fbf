package org.kernfield.cpu.internal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;
import org.kernfield.testkit.BackendUnderTest;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.ResultChecks;
import org.kernfield.testkit.SampleKernel;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Sums of functions of wide squared distances keep the tolerance of sums where |x|² + |p|² − 2 x·p
 * loses digits: at points that coincide, lie close together, far from the origin, or far out.
 */
class ExpandedSquaresTest {
    private static final int WIDTH = 8;
    private static final int MANY = 500;
    private static final int QUERIES = 131;
    private static final int SOURCES = 300;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereRowsCoincide(ElementType arithmetic) {
        for (var profile : profiles()) {
            var points = points(SOURCES, 1, 0);
            agree(problem(profile, 1, points.length), points, points, arithmetic);
        }
    }

    /** Each sum over components is a long one, and what a row has with itself all that counts. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeInManyDimensions(ElementType arithmetic) {
        var gaussian = new RadialProfile.Gaussian();
        var points = points(QUERIES, MANY, Math.sqrt(16.0 * 3 / 2 / MANY), 0);
        agree(problem(gaussian, MANY, 1, QUERIES), points, points, arithmetic);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeFarFromTheOrigin(ElementType arithmetic) {
        for (var profile : profiles()) {
            var queries = points(QUERIES, 1, 1000);
            agree(problem(profile, 1, QUERIES), queries, points(SOURCES, 1, 1000), arithmetic);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeForLengthscalesFarBelowTheExtent(ElementType arithmetic) {
        for (var profile : profiles()) {
            var queries = points(QUERIES, 1, 0);
            agree(problem(profile, 0.1, QUERIES), queries, points(SOURCES, 1, 0), arithmetic);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeWhereSomeRowsLieFarOut(ElementType arithmetic) {
        for (var profile : profiles()) {
            var queries = points(QUERIES, 1, 0);
            var sources = points(SOURCES, 1, 0);
            // near each other, so that their terms count
            for (int c = 0; c < WIDTH; c++) {
                queries[100][c] += 50;
                sources[7][c] = queries[100][c] + 0.01;
                sources[290][c] += 1e4;
            }
            agree(problem(profile, 1, QUERIES), queries, sources, arithmetic);
        }
    }

    private static List<RadialProfile> profiles() {
        return List.of(
                new RadialProfile.Gaussian(),
                new RadialProfile.Multiquadric(-0.5, 1),
                new RadialProfile.Matern(0),
                new RadialProfile.Matern(2));
    }

    private static Problem problem(RadialProfile profile, double lengthscale, int queries) {
        return problem(profile, WIDTH, lengthscale, queries);
    }

    private static Problem problem(
            RadialProfile profile, int width, double lengthscale, int queries) {
        var k = Kernel.build("radial");
        Vec x = k.input("x", width);
        Vec p = k.param("p", width);
        Expr s = x.sqdist(p).times(1 / (lengthscale * lengthscale));
        k.output("value", s.radial(profile));
        var sample =
                new SampleKernel(
                        k.done().weighted(2), (slot, c, random) -> random.nextDouble(-1, 1), true);
        return sample.problem(
                Reduction.Kind.SUM,
                Neighbourhood.ALL,
                new Queries.Rows(queries),
                width == WIDTH ? SOURCES : queries);
    }

    private static double[][] points(int count, double extent, double centre) {
        return points(count, WIDTH, extent, centre);
    }

    private static double[][] points(int count, int width, double extent, double centre) {
        var random = new SplittableRandom(7);
        var points = new double[count][];
        for (int i = 0; i < count; i++) {
            points[i] = random.doubles(width, centre - extent, centre + extent).toArray();
        }
        return points;
    }

    private static void agree(
            Problem problem, double[][] queries, double[][] sources, ElementType arithmetic) {
        var bound = problem.with("x", array(queries)).with("p", array(sources));
        var under = new BackendUnderTest(new CpuBackend(), arithmetic);
        new ResultChecks(under).agrees(List.of(bound), true);
    }

    /** What float32 can hold, so that both precisions are asked the same. */
    private static Array array(double[][] rows) {
        int width = rows[0].length;
        Array array = Array.zeros(ElementType.F64, rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < width; c++) {
                array.set((long) i * width + c, (float) rows[i][c]);
            }
        }
        return array;
    }
}
