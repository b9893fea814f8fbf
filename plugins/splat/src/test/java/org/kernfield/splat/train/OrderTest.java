package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OrderTest {
    private static List<Integer> round(Order order, int round) {
        var seen = new ArrayList<Integer>();
        for (int k = 0; k < order.count(); k++) {
            seen.add(order.at((long) round * order.count() + k));
        }
        return seen;
    }

    @Test
    void looksAtEveryPhotographOnceARound() {
        var order = new Order(39, 5);
        assertThat(round(order, 0)).doesNotHaveDuplicates().hasSize(39);
        assertThat(round(order, 1)).doesNotHaveDuplicates().isNotEqualTo(round(order, 0));
    }

    @Test
    void dependsOnTheSeedAndOnNothingElse() {
        assertThat(round(new Order(39, 5), 3)).isEqualTo(round(new Order(39, 5), 3));
        assertThat(round(new Order(39, 6), 3)).isNotEqualTo(round(new Order(39, 5), 3));
    }
}
