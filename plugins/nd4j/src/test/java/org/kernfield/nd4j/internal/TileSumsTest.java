package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.SampleKernels;

/** Sums over tiles into many sources, most of which no tile is near. */
class TileSumsTest {
    private static Nd4jBackend backend;

    @BeforeAll
    static void start() {
        backend = new Nd4jBackend();
    }

    private static Problem problem(int sources) {
        var centres = new double[sources];
        for (int j = 0; j < sources; j++) {
            centres[j] = j % 1000 == 0 ? j * 1e-6 : 1000 + j;
        }
        return SampleKernels.alike(0)
                .problem(
                        Reduction.Kind.SUM_INTO_SOURCES,
                        Neighbourhood.TILES,
                        new Queries.Rows(100 * 256),
                        sources)
                .with("centre", Array.of(1, centres));
    }

    private static double[] sums(Problem problem, Budget budget) {
        long before = budget.used();
        var resources = new Resources(Workers.SERIAL, budget, CancelToken.NONE);
        try (var session = backend.open(resources)) {
            return problem.solve(session, ElementType.F32).get("value");
        } finally {
            assertThat(budget.used()).isEqualTo(before);
        }
    }

    @Test
    void sameBitsWhereFewTilesFit() {
        Problem problem = problem(200_000);
        double[] wanted = sums(problem, Budget.unlimited());
        var scarce = new Budget(1_000_000_000L);
        scarce.take(960_000_000L, "others");
        assertThat(sums(problem, scarce)).isEqualTo(wanted);
    }

    @Test
    void refusesSourcesBeyondTheBudget() {
        assertThatThrownBy(() -> sums(problem(1_000_000), new Budget(60_000_000)))
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessageContaining("alike0")
                .hasMessageContaining("60 MB");
    }
}
