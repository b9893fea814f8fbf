package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

class PairsTest {
    private static Pairs listed(int pairs) {
        return new ListPairs(NeighbourLists.of(1, new int[1][pairs]));
    }

    /** So many pairs that nobody asks for them one by one. */
    private record Countless(long total) implements Pairs {
        @Override
        public int rows() {
            return 0;
        }

        @Override
        public void each(int row, Taker taker) {}

        @Override
        public long transposedBytes() {
            return 0;
        }

        @Override
        public Pairs transposed(CancelToken cancel) {
            return new OrderedPairs(this, 1, cancel);
        }
    }

    @Test
    void onlyWhatIsSortedTakesMemory() {
        var stencil = new Neighbourhood.Stencil(null, List.of(new Neighbourhood.Offset(0, 1)));
        var raster = new Queries.Raster("x", 2000, 2000);
        assertThat(new StencilPairs(stencil, raster, 4_000_000, false).transposedBytes()).isZero();
        assertThat(listed(10).transposedBytes()).isEqualTo(88);
    }

    @Test
    void refusesMorePairsThanAnArrayHolds() {
        var pairs = new Countless(1L << 31);
        assertThatThrownBy(() -> pairs.transposed(CancelToken.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2147483648 pairs")
                .hasMessageContaining("fewer queries");
    }

    @Test
    void looksAtTheTokenWhileItSorts() {
        var left = new AtomicInteger(3);
        assertThatThrownBy(() -> listed(1 << 18).transposed(() -> left.decrementAndGet() < 0))
                .isInstanceOf(CancellationException.class);
    }
}
