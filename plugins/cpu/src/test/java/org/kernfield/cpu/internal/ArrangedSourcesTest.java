package org.kernfield.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The order in which sources of a picture come changes nothing but the rounding. */
class ArrangedSourcesTest {
    private static final int SIDE = 500;
    private static final int COUNT = 5000;
    private static final double RADIUS = 6;

    /** A picture and the derivatives by centres and weights, all row by row. */
    private record Results(float[] picture, float[] centres, float[] weights) {}

    @Test
    void picturesAndGradientsDoNotDependOnTheOrder() {
        var random = new Random(5);
        var sources = new float[COUNT][];
        for (int j = 0; j < COUNT; j++) {
            sources[j] =
                    new float[] {
                        SIDE * random.nextFloat(), SIDE * random.nextFloat(), random.nextFloat()
                    };
        }
        Integer[] sorted = new Integer[COUNT];
        Arrays.setAll(sorted, j -> j);
        Arrays.sort(
                sorted,
                Comparator.comparingInt(
                        j -> (int) sources[j][1] / 16 * SIDE + (int) sources[j][0] / 16));
        var inOrder = Arrays.stream(sorted).map(j -> sources[j]).toArray(float[][]::new);
        Results expected = results(inOrder);
        Results found = results(sources);
        for (int k = 0; k < expected.picture.length; k++) {
            assertThat(found.picture[k])
                    .as("pixel %d", k)
                    .isCloseTo(expected.picture[k], offset(1e-4f));
        }
        for (int j = 0; j < COUNT; j++) {
            int from = sorted[j];
            assertThat(found.weights[from])
                    .as("source %d", from)
                    .isCloseTo(expected.weights[j], offset(1e-3f));
            assertThat(found.centres[2 * from + 1])
                    .as("source %d", from)
                    .isCloseTo(expected.centres[2 * j + 1], offset(1e-3f));
        }
    }

    private static Kernel kernel() {
        var k = Kernel.build("disc");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Expr s = x.minus(centre).squaredNorm();
        Expr value = s.times(0.1).radial(new RadialProfile.Gaussian());
        k.output("value", s.atMost(Expr.of(RADIUS * RADIUS)).select(value, 0));
        Vec half = Vec.of(Expr.of(RADIUS), Expr.of(RADIUS));
        k.support("x", centre.minus(half), centre.plus(half));
        return k.done().weighted(1);
    }

    private static Results results(float[][] sources) {
        var centres = new float[2 * COUNT];
        var weights = new float[COUNT];
        for (int j = 0; j < COUNT; j++) {
            centres[2 * j] = sources[j][0];
            centres[2 * j + 1] = sources[j][1];
            weights[j] = sources[j][2];
        }
        var derivative = new float[SIDE * SIDE];
        for (int k = 0; k < derivative.length; k++) {
            derivative[k] = (float) Math.sin(0.01 * k);
        }
        var sum = Reduction.sum(kernel(), Neighbourhood.TILES);
        var gradient = sum.vjp(Set.of("centre", Kernel.WEIGHT)).getFirst();
        var resources = new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE);
        try (Session session = new CpuBackend().open(resources)) {
            Buffer picture = session.allocate(ElementType.F32, (long) SIDE * SIDE, 1);
            Buffer byCentre = session.allocate(ElementType.F32, COUNT, 2);
            Buffer byWeight = session.allocate(ElementType.F32, COUNT, 1);
            var args =
                    Args.raster("x", SIDE, SIDE)
                            .with("centre", upload(session, 2, centres))
                            .with(Kernel.WEIGHT, upload(session, 1, weights))
                            .with("d_value", upload(session, 1, derivative));
            session.run(sum, args, Map.of("value", picture));
            session.run(
                    gradient, args, Map.of("d_centre", byCentre, "d_" + Kernel.WEIGHT, byWeight));
            return new Results(download(picture), download(byCentre), download(byWeight));
        }
    }

    private static Buffer upload(Session session, int width, float[] values) {
        Buffer buffer = session.allocate(ElementType.F32, values.length / width, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    private static float[] download(Buffer buffer) {
        Array values = Array.zeros(ElementType.F32, buffer.rows(), buffer.width());
        buffer.read(values);
        return values.toFloats();
    }
}
