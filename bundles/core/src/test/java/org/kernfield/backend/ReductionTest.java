package org.kernfield.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelException;
import org.kernfield.kernel.Output;

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
    void uniformsOfASumHaveNoGradient() {
        assertThatThrownBy(() -> Reduction.sum(pair(), Neighbourhood.ALL).vjp(Set.of("c")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("make it a parameter or an input");
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
