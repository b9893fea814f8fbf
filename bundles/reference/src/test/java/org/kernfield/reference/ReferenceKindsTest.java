package org.kernfield.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Neighbourhood.Grid;
import org.kernfield.backend.Neighbourhood.Offset;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Result;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Kinds and neighbourhoods against numbers worked out on paper. */
class ReferenceKindsTest {
    private final ReferenceSession session =
            new ReferenceBackend()
                    .open(new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));

    private Buffer buffer(int width, double... values) {
        Buffer buffer = session.allocate(ElementType.F64, values.length / width, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    private static double[] values(Buffer buffer) {
        Array array = Array.zeros(ElementType.F64, buffer.rows(), buffer.width());
        buffer.read(array);
        return array.data().toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE);
    }

    private Map<String, double[]> run(Reduction reduction, Args args) {
        Map<String, Buffer> outputs =
                reduction.results(args).stream()
                        .collect(
                                Collectors.toMap(
                                        Result::name,
                                        r -> session.allocate(r.type(), r.rows(), r.width())));
        session.run(reduction, args, outputs);
        var results = new LinkedHashMap<String, double[]>();
        outputs.forEach((name, b) -> results.put(name, values(b)));
        return results;
    }

    /** y = p · e + 100 x, with e of the pair. */
    private static Kernel ofPairs() {
        var k = Kernel.build("pairs").precision(Precision.F64);
        Expr x = k.input("x");
        Expr p = k.param("p");
        k.output("y", k.pair("e", 1).get(0).times(p).plus(x.times(100)));
        return k.done();
    }

    private Args lists() {
        return Args.rows(3)
                .with("x", buffer(1, 1, 2, 3))
                .with("p", buffer(1, 7, 10))
                .with("e", buffer(1, 0.5, 2, 3, 4))
                .with(NeighbourLists.of(2, new int[][] {{1, 0}, {}, {1, 1}}));
    }

    @Test
    void sumsOverListsBothWays() {
        var of = ofPairs();
        assertThat(run(Reduction.sum(of, Neighbourhood.LISTS), lists()).get("y"))
                .containsExactly(5 + 14 + 200, 0, 30 + 40 + 600);
        assertThat(run(Reduction.sumIntoSources(of, Neighbourhood.LISTS), lists()).get("y"))
                .containsExactly(14 + 100, 5 + 30 + 40 + 700);
        assertThat(
                        run(new Reduction(Reduction.Kind.TOTAL, of, Neighbourhood.LISTS), lists())
                                .get("y"))
                .containsExactly(5 + 14 + 30 + 40 + 800);
        assertThat(run(Reduction.matrix(of, Neighbourhood.LISTS), lists()).get("y"))
                .containsExactly(105, 114, 330, 340);
    }

    @Test
    void writesTheSourcesOfAQuerySideBySide() {
        var k = Kernel.build("outer").precision(Precision.F64);
        Expr x = k.input("x");
        Expr p = k.param("p");
        Expr e = k.pair("e", 1).get(0);
        k.output("y", Vec.of(x.times(p).plus(e), p));
        var args =
                Args.rows(2)
                        .with("x", buffer(1, 1, 2))
                        .with("p", buffer(1, 3, 4, 5))
                        .with("e", buffer(3, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6));
        assertThat(run(Reduction.matrix(k.done(), Neighbourhood.ALL), args).get("y"))
                .containsExactly(3.1, 3, 4.2, 4, 5.3, 5, 6.4, 3, 8.5, 4, 10.6, 5);
    }

    @Test
    void takesTheLogOfSumsBeyondTheRangeOfExp() {
        var k = Kernel.build("shift").precision(Precision.F64);
        k.output("y", k.param("p").plus(k.input("x")));
        var args =
                Args.rows(2)
                        .with("x", buffer(1, 1000, 0))
                        .with("p", buffer(1, 0, Math.log(3), Double.NEGATIVE_INFINITY))
                        .with(NeighbourLists.of(3, new int[][] {{0, 1, 2}, {}}));
        assertThat(run(Reduction.logSumExp(k.done(), Neighbourhood.LISTS), args).get("y"))
                .containsExactly(1000 + Math.log(4), Double.NEGATIVE_INFINITY);
    }

    @Test
    void findsTheLowestOfEqualMaximaAndNaNAboveAll() {
        var k = Kernel.build("value").precision(Precision.F64);
        k.output("y", k.param("p"));
        var args =
                Args.rows(4)
                        .with("p", buffer(1, 5, 2, 5, Double.NaN, Double.NaN))
                        .with(NeighbourLists.of(5, new int[][] {{2, 1, 0}, {1}, {}, {4, 0, 3}}));
        var results = run(Reduction.max(k.done(), Neighbourhood.LISTS), args);
        assertThat(results.get("y")).containsExactly(5, 2, Double.NEGATIVE_INFINITY, Double.NaN);
        assertThat(results.get("arg_y")).containsExactly(0, 1, -1, 3);
    }

    /** Weights of a corner of the cell: linear along each side. */
    private static Kernel interpolation(double resolution, int d) {
        var k = Kernel.build("interpolation").precision(Precision.F64);
        Vec x = k.input("x", d);
        Vec corner = k.pair("corner", d);
        Expr feature = k.param("feature");
        Expr weight = Expr.of(1);
        for (int c = 0; c < d; c++) {
            Expr away = x.get(c).times(resolution).minus(corner.get(c)).abs();
            weight = weight.times(Expr.of(1).minus(away));
        }
        k.output("y", weight.times(feature));
        return k.done();
    }

    @Test
    void interpolatesBetweenTheCornersOfACell() {
        var table = new double[16];
        for (int j = 0; j < 16; j++) {
            table[j] = 2 + 3 * (j % 4) + 5 * (j / 4);
        }
        var args =
                Args.rows(3)
                        .with("x", buffer(2, 0.25, 0.5, 1, 1, 0, 0.9))
                        .with("feature", buffer(1, table));
        var grid = new Grid("x", "corner", 3);
        assertThat(run(Reduction.sum(interpolation(3, 2), grid), args).get("y"))
                .containsExactly(
                        new double[] {2 + 3 * 0.75 + 5 * 1.5, 2 + 3 * 3 + 5 * 3, 2 + 5 * 2.7},
                        within(1e-12));
    }

    @Test
    void hashesCornersWhenTheTableIsTooSmall() {
        var table = new double[7];
        for (int j = 0; j < 7; j++) {
            table[j] = Math.pow(10, j);
        }
        var args =
                Args.rows(1)
                        .with("x", buffer(2, 100.25 / 1000, 200.25 / 1000))
                        .with("feature", buffer(1, table));
        double expected = 0;
        for (long u = 0; u < 2; u++) {
            for (long v = 0; v < 2; v++) {
                long hash = ((100 + u) ^ ((200 + v) * 2654435761L)) & 0xFFFFFFFFL;
                double weight = (u == 0 ? 0.75 : 0.25) * (v == 0 ? 0.75 : 0.25);
                expected += weight * table[(int) (hash % 7)];
            }
        }
        var grid = new Grid("x", "corner", 1000);
        assertThat(run(Reduction.sum(interpolation(1000, 2), grid), args).get("y")[0])
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void visitsTheNeighboursOfAPixelThatLieOnTheRaster() {
        var k = Kernel.build("slope").precision(Precision.F64);
        Vec offset = k.pair("offset", 2);
        k.output("y", k.param("p").times(offset.x().plus(offset.y().times(10))));
        var cross =
                new Stencil(
                        "offset", List.of(new Offset(1, 0), new Offset(-1, 0), new Offset(0, 1)));
        var args = Args.raster("x", 3, 2).with("p", buffer(1, 1, 2, 3, 4, 5, 6));
        assertThat(run(Reduction.sum(k.done(), cross), args).get("y"))
                .containsExactly(2 + 40, 3 - 1 + 50, -2 + 60, 5, 6 - 4, -5);
        assertThat(run(Reduction.sumIntoSources(k.done(), cross), args).get("y"))
                .containsExactly(-1, 2 - 2, 3, -4 + 40, 5 - 5 + 50, 6 + 60);
    }

    @Test
    void laysSourcesOverEachOtherNearestFirst() {
        var k = Kernel.build("sheets").precision(Precision.F64);
        k.param("depth");
        k.output("alpha", k.param("opacity"));
        k.output("grey", k.param("shade"));
        var over = new Compositing("alpha", "depth", 0.9, 0.1, 0.05);
        var args =
                Args.raster("x", 1, 1)
                        .with("depth", buffer(1, 3, 1, 2, 1, Double.NaN, 0))
                        .with("opacity", buffer(1, 0.4, 0.5, 1, 0.5, 0.9, 0.09))
                        .with("shade", buffer(1, 7, 100, 1000, 10, 5, 1e9));
        // skipped at depth 0; 100 and 10 at 1; 0.9 of the rest at 2 leaves 0.025: stopped before
        var seen = run(Reduction.composite(k.done(), Neighbourhood.ALL, over), args);
        assertThat(seen.get("grey")).containsExactly(50 + 2.5);
        assertThat(seen.get("transmittance")).containsExactly(0.25);
        assertThat(seen).containsOnlyKeys("grey", "transmittance");
    }

    @Test
    void carriesWhatIsSeenBackToSources() {
        var k = Kernel.build("sheets").precision(Precision.F64);
        k.param("depth");
        k.output("alpha", k.param("opacity"));
        k.output("grey", k.param("shade"));
        var composite =
                Reduction.composite(k.done(), Neighbourhood.ALL, new Compositing("alpha", "depth"));
        var args =
                Args.raster("x", 1, 1)
                        .with("depth", buffer(1, 1, 2, 3))
                        .with("opacity", buffer(1, 0.5, 0.25, 1))
                        .with("shade", buffer(1, 8, 4, 16));
        var seen = run(composite, args);
        double last = 0.5 * 0.75 * 0.99;
        assertThat(seen.get("grey")[0]).isCloseTo(4 + 0.5 + last * 16, within(1e-12));
        args =
                args.with("grey", buffer(1, seen.get("grey")))
                        .with("transmittance", buffer(1, seen.get("transmittance")))
                        .with("d_grey", buffer(1, 2))
                        .with("d_transmittance", buffer(1, 3));
        var backward = composite.vjp(java.util.Set.of("opacity", "shade")).getFirst();
        var gradients = run(backward, args);
        double rest = 0.5 * 0.75 * 0.01;
        assertThat(gradients.get("d_shade"))
                .containsExactly(new double[] {1, 0.25, 2 * last}, within(1e-12));
        assertThat(gradients.get("d_opacity"))
                .containsExactly(
                        new double[] {
                            2 * 8 - (2 * (0.5 + last * 16) + 3 * rest) / 0.5,
                            2 * 0.5 * 4 - (2 * last * 16 + 3 * rest) / 0.75,
                            0
                        },
                        within(1e-12));
    }
}
