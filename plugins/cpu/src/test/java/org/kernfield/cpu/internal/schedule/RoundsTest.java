package org.kernfield.cpu.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;

class RoundsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 40})
    void everyTwoMeetOnceAndNobodyTwiceInARound(int strips) {
        var rounds = new Rounds(strips);
        var met = new HashSet<List<Integer>>();
        for (int round = 0; round < rounds.count(); round++) {
            var here = new HashSet<Integer>();
            for (int pair = 0; pair < rounds.pairs(); pair++) {
                int lower = rounds.lower(round, pair);
                int higher = rounds.higher(round, pair);
                assertTrue(lower < higher && here.add(lower) && here.add(higher));
                if (higher < strips) {
                    assertTrue(met.add(List.of(lower, higher)));
                }
            }
        }
        assertEquals(strips * (strips - 1) / 2, met.size());
    }
}
