package org.kernfield.numerics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kernfield.numerics.neighbours.BruteForce.lists;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.Pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

class NeighbourSearchTest {
    private static final Workers TWO = new Pool(2);
    private static final CancelToken NONE = CancelToken.NONE;

    @ParameterizedTest
    @CsvSource({
        "1, 1", "1, 7", "1, 1021", "2, 64", "2, 1021", "3, 1", "3, 17", "3, 2049", "4, 1021",
        "5, 1021", "6, 777", "7, 16", "8, 1021"
    })
    void findsWhatALookAtAllPointsFinds(int dimension, int n) {
        var random = new Random(n);
        compare(uniform(random, n, dimension), uniform(random, 65, dimension), dimension);
    }

    @Property(tries = 40)
    void agreesOnPointsWithTiesClustersAndOutliers(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 8) int dimension,
            @ForAll @IntRange(min = 1, max = 400) int n) {
        var random = new Random(seed);
        var points = new float[n * dimension];
        int kind = random.nextInt(4);
        for (int k = 0; k < points.length; k++) {
            points[k] =
                    switch (kind) {
                        case 0 -> random.nextInt(3);
                        case 1 ->
                                (float)
                                        (random.nextGaussian()
                                                * Math.exp(9 * random.nextGaussian()));
                        case 2 -> 1e6f + random.nextInt(5) * 0.0625f;
                        default -> random.nextBoolean() ? -0f : 0f;
                    };
        }
        float[] queries = points.clone();
        for (int k = 0; k < queries.length; k += 3) {
            queries[k] += random.nextInt(2) * 0.5f;
        }
        compare(points, queries, dimension);
    }

    @Test
    void farQueriesFindTheirNearest() {
        var random = new Random(4);
        float[] points = uniform(random, 500, 3);
        float[] queries = {1e6f, 0.5f, 0.5f, -1e30f, 1e30f, 3, 0.5f, -8, 0.25f};
        compare(points, queries, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void millionsOfCoincidentPointsAreNotLookedAtOneByOne(int dimension) {
        var points = new float[1_000_000 * dimension];
        Arrays.fill(points, 0.75f);
        var queries = new float[2000 * dimension];

        var tree = KdTree.of(points, dimension, TWO, NONE);

        int[] first = {0, 1, 2, 3, 4};
        NeighbourLists lists = tree.nearest(queries, 5, TWO, NONE);
        for (int i = 0; i < 2000; i++) {
            assertThat(Arrays.copyOfRange(lists.indices(), 5 * i, 5 * i + 5)).isEqualTo(first);
        }
        NeighbourLists others = tree.nearestOthers(2, TWO, NONE);
        assertThat(Arrays.copyOf(others.indices(), 6)).containsExactly(1, 2, 0, 2, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void anyNumberOfThreadsGivesTheSameBits(int dimension) {
        float[] points = uniform(new Random(9), 40_000, dimension);
        KdTree one = KdTree.of(points, dimension, Workers.SERIAL, NONE);
        double radius = dimension == 1 ? 1e-4 : 0.01;
        for (int threads = 2; threads <= 3; threads++) {
            KdTree more = KdTree.of(points, dimension, new Pool(threads), NONE);
            assertThat(more.points).isEqualTo(one.points);
            assertThat(more.order).isEqualTo(one.order);
            assertThat(more.gaps).isEqualTo(one.gaps);
            assertThat(more.axes).isEqualTo(one.axes);
            if (dimension <= 3) {
                var grid = UniformGrid.of(points, dimension, new Pool(threads), NONE);
                same(
                        grid.othersWithin(radius, new Pool(threads), NONE),
                        one.othersWithin(radius, Workers.SERIAL, NONE));
                same(
                        grid.nearestOthers(7, new Pool(threads), NONE),
                        one.nearestOthers(7, Workers.SERIAL, NONE));
            }
        }
    }

    @Test
    void oneOutlierDoesNotMakeTheSearchSlow() {
        float[] points = uniform(new Random(2), 200_000, 3);
        points[0] = 1e30f;

        NeighbourSearch search = NeighbourSearch.of(points, 3, TWO, NONE);

        assertThat(search).isInstanceOf(KdTree.class);
        assertThat(search.nearestOthers(3, TWO, NONE).pairs()).isEqualTo(600_000);
    }

    @Test
    void evenlySpreadPointsGetAGrid() {
        float[] points = uniform(new Random(2), 10_000, 3);

        assertThat(NeighbourSearch.of(points, 3, TWO, NONE)).isInstanceOf(UniformGrid.class);
        assertThat(NeighbourSearch.of(points, 4, TWO, NONE)).isInstanceOf(KdTree.class);
    }

    @Test
    void aPlaneInSpaceIsCutIntoCellsOfItsOwn() {
        float[] points = uniform(new Random(2), 10_000, 3);
        for (int k = 2; k < points.length; k += 3) {
            points[k] = 7;
        }
        assertThat(NeighbourSearch.of(points, 3, TWO, NONE)).isInstanceOf(UniformGrid.class);
    }

    @Test
    void noPointsHaveNoNeighbours() {
        for (NeighbourSearch search : both(new float[0], 3)) {
            NeighbourLists lists = search.nearest(new float[6], 4, TWO, NONE);
            assertThat(lists.queries()).isEqualTo(2);
            assertThat(lists.pairs()).isZero();
            assertThat(search.within(new float[6], 1, TWO, NONE).pairs()).isZero();
            assertThat(search.nearestOthers(1, TWO, NONE).queries()).isZero();
            assertThat(search.search().nearest(new float[3], 0)).isEqualTo(-1);
        }
    }

    @Test
    void aSearchTellsDistances() {
        float[] points = {0, 0, 3, 4, 6, 8};
        for (NeighbourSearch search : both(points, 2)) {
            Search one = search.search();
            assertThat(one.nearest(new float[] {9, 3, 4}, 1, 5)).isEqualTo(3);
            assertThat(one.index(0)).isEqualTo(1);
            assertThat(one.index(1)).isEqualTo(0);
            assertThat(one.squaredDistance(0)).isZero();
            assertThat(one.squaredDistance(2)).isEqualTo(25);
            assertThat(one.within(new float[] {3, 4}, 0, 5)).isEqualTo(3);
        }
    }

    @Test
    void refusesWhatItCannotSearch() {
        float[] bad = {0, 0, 0, 1, Float.NaN, 1, Float.POSITIVE_INFINITY, 0, 0};
        assertThatThrownBy(() -> KdTree.of(bad, 3, TWO, NONE))
                .hasMessage("k-d tree: coordinate 1 of row 1 is NaN; give finite numbers");
        assertThatThrownBy(() -> UniformGrid.of(bad, 3, TWO, NONE))
                .hasMessage("uniform grid: coordinate 1 of row 1 is NaN; give finite numbers");
        assertThatThrownBy(() -> NeighbourSearch.of(bad, 3, TWO, NONE))
                .hasMessageContaining("row 1 is NaN");
        assertThatThrownBy(() -> UniformGrid.of(new float[8], 4, TWO, NONE))
                .hasMessage("uniform grid: 4 dimensions; use 1 to 3, or a k-d tree");
        assertThatThrownBy(() -> KdTree.of(new float[8], 3, TWO, NONE))
                .hasMessageStartingWith("k-d tree: 8 numbers in 3 dimensions");
        for (NeighbourSearch search : both(new float[9], 3)) {
            assertThatThrownBy(() -> search.nearest(bad, 1, TWO, NONE))
                    .hasMessage("queries: coordinate 1 of row 1 is NaN; give finite numbers");
            assertThatThrownBy(() -> search.nearestOthers(0, TWO, NONE))
                    .hasMessage("nearest neighbours: 0 of them; ask for at least 1");
            assertThatThrownBy(() -> search.othersWithin(Double.NaN, TWO, NONE))
                    .hasMessageStartingWith("neighbours within NaN: not a radius");
        }
    }

    @Test
    void cancellingEndsTheSearch() {
        NeighbourSearch search = KdTree.of(uniform(new Random(1), 5000, 3), 3, TWO, NONE);
        assertThatThrownBy(() -> search.nearestOthers(8, TWO, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private static float[] uniform(Random random, int n, int dimension) {
        var points = new float[n * dimension];
        for (int k = 0; k < points.length; k++) {
            points[k] = random.nextFloat();
        }
        return points;
    }

    private static List<NeighbourSearch> both(float[] points, int dimension) {
        var searches = new ArrayList<NeighbourSearch>();
        searches.add(KdTree.of(points, dimension, TWO, NONE));
        if (dimension <= 3) {
            searches.add(UniformGrid.of(points, dimension, TWO, NONE));
        }
        return searches;
    }

    private static void compare(float[] points, float[] queries, int dimension) {
        int n = points.length / dimension;
        var all = new BruteForce(points, dimension);
        double radius = all.medianDistance(queries);
        for (NeighbourSearch search : both(points, dimension)) {
            for (int k : new int[] {1, 8, 100}) {
                assertThat(lists(search.nearest(queries, k, TWO, NONE)))
                        .isEqualTo(all.nearest(queries, k, false));
            }
            assertThat(lists(search.nearestOthers(5, TWO, NONE)))
                    .isEqualTo(all.nearest(points, 5, true));
            assertThat(lists(search.within(queries, radius, TWO, NONE)))
                    .isEqualTo(all.within(queries, radius, false));
            assertThat(lists(search.othersWithin(radius / 3, TWO, NONE)))
                    .isEqualTo(all.within(points, radius / 3, true));
            assertThat(search.count()).isEqualTo(n);
        }
    }

    private static void same(NeighbourLists a, NeighbourLists b) {
        assertThat(a.offsets()).isEqualTo(b.offsets());
        assertThat(a.indices()).isEqualTo(b.indices());
    }
}
