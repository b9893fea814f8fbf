package org.kernfield.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelException;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.List;
import java.util.Set;

class ReductionTest {
    private static Kernel pair() {
        var k = Kernel.build("pair");
        k.output("y", k.input("x").times(k.param("p")).times(k.uniform("c")));
        return k.done();
    }

    private static Kernel row() {
        var k = Kernel.build("row");
        k.output("y", k.input("x").times(k.uniform("c")));
        return k.done();
    }

    @Test
    void gradientOfASumIsASumAndASumIntoSources() {
        var parts = Reduction.sum(pair(), Neighbourhood.ALL).vjp(Set.of("x", "p"));
        assertThat(parts)
                .extracting(Reduction::kind)
                .containsExactly(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES);
        assertThat(parts.get(0).kernel().outputs()).extracting(Output::name).contains("d_x");
        assertThat(parts.get(1).kernel().outputs()).extracting(Output::name).contains("d_p");
    }

    @Test
    void gradientOfAMapIsAMapAndATotal() {
        assertThat(Reduction.map(row()).vjp(Set.of("x", "c")))
                .extracting(Reduction::kind)
                .containsExactly(Reduction.Kind.MAP, Reduction.Kind.TOTAL);
    }

    @Test
    void everyKindOfSlotHasItsReduction() {
        var k = Kernel.build("pair");
        k.output(
                "y",
                k.input("x")
                        .times(k.param("p"))
                        .times(k.uniform("c"))
                        .times(k.pair("w", 1).get(0)));
        Kernel kernel = k.done();
        var wrt = Set.of("x", "p", "c", "w");
        for (var forward :
                List.of(
                        Reduction.sum(kernel, Neighbourhood.ALL),
                        Reduction.sumIntoSources(kernel, Neighbourhood.ALL),
                        Reduction.total(kernel),
                        Reduction.matrix(kernel, Neighbourhood.ALL),
                        Reduction.logSumExp(kernel, Neighbourhood.ALL))) {
            assertThat(forward.vjp(wrt))
                    .extracting(Reduction::kind)
                    .containsExactly(
                            Reduction.Kind.SUM,
                            Reduction.Kind.SUM_INTO_SOURCES,
                            Reduction.Kind.TOTAL,
                            Reduction.Kind.MATRIX);
        }
        assertThat(Reduction.max(pair(), Neighbourhood.ALL).vjp(Set.of("p")))
                .extracting(Reduction::over)
                .containsExactly(Neighbourhood.LISTS);
        assertThatThrownBy(() -> Reduction.max(kernel, Neighbourhood.ALL).vjp(Set.of("p")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use parameters");
    }

    @Test
    void cotangentsAreReadWhereTheResultsAre() {
        for (var role : List.of(Slot.Role.INPUT, Slot.Role.PARAM, Slot.Role.UNIFORM)) {
            var forward =
                    switch (role) {
                        case INPUT -> Reduction.sum(pair(), Neighbourhood.ALL);
                        case PARAM -> Reduction.sumIntoSources(pair(), Neighbourhood.ALL);
                        default -> Reduction.total(pair());
                    };
            var gradient = forward.vjp(Set.of("x")).getFirst();
            assertThat(gradient.kernel().slot("d_y").role()).isEqualTo(role);
        }
    }

    private static Kernel splat() {
        var k = Kernel.build("splat");
        k.param("depth");
        k.output("alpha", k.input("x", 2).sum().times(k.param("p")).exp());
        k.output("colour", k.param("rgb", 3));
        return k.done();
    }

    @Test
    void compositesGiveChannelsAndTransmittance() {
        var composite =
                Reduction.composite(splat(), Neighbourhood.ALL, new Compositing("alpha", "depth"));
        var args = Args.raster("x", 4, 3);
        assertThat(composite.results(args))
                .containsExactly(
                        new Result("colour", ElementType.F32, 12, 3),
                        new Result("transmittance", ElementType.F32, 12, 1));
        var gradient = composite.vjp(Set.of("p", "rgb")).getFirst();
        assertThat(gradient.kind()).isEqualTo(Reduction.Kind.COMPOSITE_INTO_SOURCES);
        assertThat(gradient.filled()).containsExactlyInAnyOrder("d_alpha", "d_colour");
        assertThat(gradient.channels()).extracting(Output::name).containsExactly("colour");
        assertThatThrownBy(() -> composite.vjp(Set.of("x")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("by parameters only");
        assertThatThrownBy(
                        () ->
                                Reduction.composite(
                                        splat(),
                                        Neighbourhood.ALL,
                                        new Compositing("opacity", "depth")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'opacity'");
    }

    @Test
    void symmetricSumsAreOfSymmetricKernels() {
        var k = Kernel.build("gaussian");
        k.output("y", k.input("x", 3).minus(k.param("p", 3)).squaredNorm().times(-1).exp());
        assertThat(Reduction.symmetricSum(k.done().weighted(2)).symmetric()).isTrue();
        var other = Kernel.build("lopsided");
        other.output("y", other.input("x").times(2).minus(other.param("p")).abs());
        assertThatThrownBy(() -> Reduction.symmetricSum(other.done()))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("not symmetric");
    }

    @Test
    void unknownSlotsAreNamed() {
        assertThatThrownBy(() -> Reduction.sum(pair(), Neighbourhood.ALL).vjp(Set.of("q")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("'q'");
    }

    @Test
    void mapsHaveNoSources() {
        assertThatThrownBy(() -> Reduction.map(pair()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use inputs");
    }

    @Test
    void tilesNeedASupport() {
        assertThatThrownBy(() -> Reduction.sum(pair(), Neighbourhood.TILES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add support");
    }

    @Test
    void keysTellReductionsApart() {
        var all = Reduction.sum(pair(), Neighbourhood.ALL);
        var k = Kernel.build("another name");
        k.output("y", k.input("x").times(k.param("p")).times(k.uniform("c")));
        assertThat(all.key()).isEqualTo(Reduction.sum(k.done(), Neighbourhood.ALL).key());
        assertThat(all.key())
                .isNotEqualTo(Reduction.sumIntoSources(pair(), Neighbourhood.ALL).key());
    }

    @Test
    void rastersHaveAtLeastOnePixel() {
        assertThatThrownBy(() -> Args.raster("x", 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 × 3");
        assertThat(new Queries.Raster("x", 100_000, 100_000).count()).isEqualTo(10_000_000_000L);
    }

    @Test
    void argumentsDoNotShareTheCallersNumbers() {
        var values = new double[] {1};
        var args = Args.rows(1).with("c", values);
        values[0] = 5;
        assertThat(args.uniforms().get("c")).containsExactly(1);
    }
}
