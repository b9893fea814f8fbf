package org.kernfield.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

class NeighbourListsTest {
    @Test
    void rowsBecomeCompressedRows() {
        var lists = NeighbourLists.of(5, new int[][] {{4, 0}, {}, {1, 1, 3}});

        assertThat(lists.queries()).isEqualTo(3);
        assertThat(lists.sources()).isEqualTo(5);
        assertThat(lists.pairs()).isEqualTo(5);
        assertThat(lists.offsets()).containsExactly(0, 2, 2, 5);
        assertThat(lists.indices()).containsExactly(4, 0, 1, 1, 3);
    }

    @Test
    void theTransposeListsQueriesInAscendingOrder() {
        var lists = NeighbourLists.of(4, new int[][] {{3, 0}, {3}, {0, 3, 3}});

        var transpose = lists.transpose();

        assertThat(transpose.queries()).isEqualTo(4);
        assertThat(transpose.sources()).isEqualTo(3);
        assertThat(transpose.offsets()).containsExactly(0, 2, 2, 2, 6);
        assertThat(transpose.indices()).containsExactly(0, 2, 0, 1, 2, 2);
    }

    @Test
    void theTransposeHoldsTheSamePairs() {
        var random = new Random(20);
        var lists = new int[1021][];
        var expected = new ArrayList<List<Integer>>();
        for (int j = 0; j < 64; j++) {
            expected.add(new ArrayList<>());
        }
        for (int i = 0; i < lists.length; i++) {
            lists[i] = random.ints(random.nextInt(8), 0, 64).toArray();
            for (int source : lists[i]) {
                expected.get(source).add(i);
            }
        }

        var transpose = NeighbourLists.of(64, lists).transpose();

        for (int j = 0; j < 64; j++) {
            var list = new ArrayList<Integer>();
            for (int k = transpose.offsets()[j]; k < transpose.offsets()[j + 1]; k++) {
                list.add(transpose.indices()[k]);
            }
            assertThat(list).isEqualTo(expected.get(j));
        }
    }

    @Test
    void aCancelledTransposeIsMadeAnew() {
        // one list of all pairs, and some of none about it
        int pairs = 1 << 18;
        var lists = NeighbourLists.of(1, new int[][] {{}, new int[pairs], {}});
        for (int looks = 0; looks < 8; looks++) {
            var left = new AtomicInteger(looks);
            assertThatThrownBy(() -> lists.transpose(() -> left.getAndDecrement() == 0))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(lists.transpose().indices()).hasSize(pairs).containsOnly(1);
    }

    @Test
    void uniformListsLeaveOutWhatIsMissing() {
        var lists = NeighbourLists.uniform(3, 2, new int[] {2, -1, -1, -1, 0, 1});

        assertThat(lists.offsets()).containsExactly(0, 1, 1, 3);
        assertThat(lists.indices()).containsExactly(2, 0, 1);
    }

    @Test
    void fullUniformListsAreNotCopied() {
        int[] indices = {1, 0, 0, 1};

        assertThat(NeighbourLists.uniform(2, 2, indices).indices()).isSameAs(indices);
    }

    @Test
    void noQueriesAndNoSourcesAreLists() {
        var none = NeighbourLists.of(0, new int[0][]);

        assertThat(none.queries()).isZero();
        assertThat(none.transpose().offsets()).containsExactly(0);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> NeighbourLists.of(3, new int[][] {{0}, {}, {2, 3}}))
                .hasMessage("neighbour lists: query 2 names source 3 of 3; number sources from 0");
        assertThatThrownBy(() -> NeighbourLists.of(3, new int[] {0, 2, 1, 3}, new int[3]))
                .hasMessage("neighbour lists: offset 2 is 1 after 2; offsets may not fall");
        assertThatThrownBy(() -> NeighbourLists.of(3, new int[] {0, 2}, new int[3]))
                .hasMessageStartingWith(
                        "neighbour lists: offsets do not run from 0 to the 3 pairs");
        assertThatThrownBy(() -> NeighbourLists.uniform(3, 2, new int[3]))
                .hasMessageStartingWith("neighbour lists: 3 indices in rows of 2");
        assertThatThrownBy(() -> NeighbourLists.of(1L << 31, new int[0][]))
                .hasMessage("neighbour lists: 2147483648 sources; use 0 to 2147483646");
    }
}
