package org.kernfield.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;

class ReferenceSessionTest {
    private final Budget budget = new Budget(100_000_000);
    private final ReferenceSession session =
            new ReferenceBackend().open(new Resources(Workers.SERIAL, budget, CancelToken.NONE));

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

    private double[] run(Reduction reduction, Args args, int rows, int width) {
        Buffer out = session.allocate(ElementType.F64, rows, width);
        session.run(reduction, args, Map.of(reduction.kernel().outputs().getFirst().name(), out));
        return values(out);
    }

    private static Kernel gaussian() {
        var k = Kernel.build("gaussian").precision(Precision.F64);
        Vec x = k.input("x", 1);
        Vec mu = k.param("mu", 1);
        Expr weight = k.param("weight");
        k.output("y", x.minus(mu).squaredNorm().radial(new RadialProfile.Gaussian()).times(weight));
        return k.done();
    }

    @Test
    void sumsOverSourcesForEveryQuery() {
        var args =
                Args.rows(2)
                        .with("x", buffer(1, 0, 1))
                        .with("mu", buffer(1, 0, 2, -1))
                        .with("weight", buffer(1, 1, 10, 100));
        double e = Math.exp(-0.5);
        double e4 = Math.exp(-2);
        assertThat(run(Reduction.sum(gaussian(), Neighbourhood.ALL), args, 2, 1))
                .containsExactly(1 + 10 * e4 + 100 * e, e + 10 * e + 100 * e4);
    }

    @Test
    void sumsOverQueriesForEverySource() {
        var args =
                Args.rows(2)
                        .with("x", buffer(1, 0, 1))
                        .with("mu", buffer(1, 0, 2, -1))
                        .with("weight", buffer(1, 1, 10, 100));
        double e = Math.exp(-0.5);
        double e4 = Math.exp(-2);
        assertThat(run(Reduction.sumIntoSources(gaussian(), Neighbourhood.ALL), args, 3, 1))
                .containsExactly(1 + e, 10 * e4 + 10 * e, 100 * e + 100 * e4);
    }

    @Test
    void mapsEveryPixelCentreOfARaster() {
        var k = Kernel.build("coordinates").precision(Precision.F64);
        Vec x = k.input("x", 2);
        k.output("y", x.x().plus(x.y().times(100)));
        assertThat(run(Reduction.map(k.done()), Args.raster("x", 3, 2), 6, 1))
                .containsExactly(50.5, 51.5, 52.5, 150.5, 151.5, 152.5);
    }

    @Test
    void totalsInFloat64() {
        var k = Kernel.build("square").precision(Precision.F64);
        k.output("y", k.input("x").times(k.uniform("scale")));
        double[] numbers = new double[10_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        var args = Args.rows(numbers.length).with("x", buffer(1, numbers)).with("scale", 0.5);
        assertThat(run(Reduction.total(k.done()), args, 1, 1)).containsExactly(25_002_500);
    }

    @Test
    void leavesOutOnlyPairsOutsideTheBox() {
        var k = Kernel.build("disc").precision(Precision.F64);
        Vec x = k.input("x", 2);
        Vec mu = k.param("mu", 2);
        Expr radius = k.param("radius");
        Expr s = x.minus(mu).squaredNorm();
        k.output("y", s.lessThan(radius.square()).select(Expr.of(1), 0));
        k.support("x", mu.map(m -> m.minus(radius)), mu.map(m -> m.plus(radius)));
        Kernel disc = k.done();
        var args =
                Args.raster("x", 100, 80)
                        .with("mu", buffer(2, 20, 30, 90, 79, 50, 50, -500, 3))
                        .with("radius", buffer(1, 5, 12, 0.25, 10));
        assertThat(run(Reduction.sum(disc, Neighbourhood.TILES), args, 8000, 1))
                .containsExactly(run(Reduction.sum(disc, Neighbourhood.ALL), args, 8000, 1));
        assertThat(run(Reduction.sumIntoSources(disc, Neighbourhood.TILES), args, 4, 1))
                .containsExactly(
                        run(Reduction.sumIntoSources(disc, Neighbourhood.ALL), args, 4, 1));
    }

    @Test
    void magnitudesAddAbsoluteTerms() {
        var args =
                Args.rows(1)
                        .with("x", buffer(1, 0))
                        .with("mu", buffer(1, 0, 0))
                        .with("weight", buffer(1, 3, -4));
        assertThat(session.magnitudes(Reduction.sum(gaussian(), Neighbourhood.ALL), args).get("y"))
                .containsExactly(7);
    }

    @Test
    void toleranceCoversATermThatRoundingMaySwitchOff() {
        var k = Kernel.build("step").precision(Precision.F64);
        k.output("y", k.input("x").lessThan(k.param("edge")).select(Expr.of(5), 0));
        Reduction step = Reduction.sum(k.done(), Neighbourhood.ALL);
        var args = Args.rows(2).with("x", buffer(1, 0.1, 0.3)).with("edge", buffer(1, 0.1 + 1e-12));
        double[] tolerance = session.tolerances(step, args, 1e-6).get("y");
        assertThat(tolerance[0]).isGreaterThanOrEqualTo(5);
        assertThat(tolerance[1]).isZero();
    }

    @Test
    void mapToleranceGrowsWithCancellation() {
        var k = Kernel.build("cancel").precision(Precision.F64);
        Expr x = k.input("x");
        k.output("y", x.plus(1e6).minus(1e6));
        var args = Args.rows(1).with("x", buffer(1, 1));
        double tolerance = session.tolerances(Reduction.map(k.done()), args, 1e-6).get("y")[0];
        assertThat(tolerance).isBetween(1.0, 3.0);
    }

    @Test
    void toleranceIsNaNWhereTheResultMustBe() {
        var k = Kernel.build("root").precision(Precision.F64);
        k.output("y", k.input("x").sqrt());
        var args = Args.rows(2).with("x", buffer(1, -1, 4));
        double[] tolerance = session.tolerances(Reduction.map(k.done()), args, 1e-6).get("y");
        assertThat(tolerance[0]).isNaN();
        assertThat(tolerance[1]).isBetween(1e-7, 1e-5);
    }

    @Test
    void roundsToTheElementTypeWhenStored() {
        Buffer floats = session.allocate(ElementType.F32, 1, 1);
        floats.write(Array.of(1, 0.1));
        Buffer bytes = session.allocate(ElementType.U8, 1, 3);
        bytes.write(Array.of(3, -3.0, 254.6, 1e9));
        assertThat(values(floats)).containsExactly((double) 0.1f);
        assertThat(values(bytes)).containsExactly(0, 255, 255);
    }

    @Test
    void refusesABufferOfAnotherPrecisionThanTheKernels() {
        var k = Kernel.build("single");
        k.output("y", k.input("x"));
        var args = Args.rows(1).with("x", buffer(1, 1));
        assertThatThrownBy(
                        () -> session.run(Reduction.map(k.done()), args, Map.of("y", buffer(1, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernel single, input x[1]: bound to a buffer of F64")
                .hasMessageContaining("allocate F32");
    }

    @Test
    void countsBuffersAgainstTheBudgetUntilClosed() {
        Buffer first = session.allocate(ElementType.F32, 1_000_000, 10);
        assertThatThrownBy(() -> session.allocate(ElementType.F32, 1_000_000, 10))
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessageContaining("80 MB");
        first.close();
        session.allocate(ElementType.F32, 1_000_000, 10);
        session.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void stopsWhenCancelled() {
        var cancelled =
                new ReferenceBackend().open(new Resources(Workers.SERIAL, budget, () -> true));
        var k = Kernel.build("identity").precision(Precision.F64);
        k.output("y", k.input("x"));
        assertThatThrownBy(
                        () ->
                                cancelled.run(
                                        Reduction.map(k.done()),
                                        Args.rows(1).with("x", buffer(1, 1)),
                                        Map.of("y", buffer(1, 0))))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Backend.class).stream().map(p -> p.get().name()))
                .contains("reference");
    }
}
