package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The problems of the backend contract: every kernel, reduction and awkward size. */
public final class Problems {
    /** One, less than a vector, one cache line of vectors, a prime beyond several tiles. */
    public static final List<Integer> SIZES = List.of(1, 7, 64, 1021);

    private static final List<Queries> RASTERS =
            List.of(raster(1, 1), raster(1, 40), raster(37, 5), raster(64, 48));

    /** Pairs of a problem that every kernel is put to; beyond, one kernel where it is cheap. */
    private static final long MOST_PAIRS = 70_000;

    /** Terms of a long sum. */
    private static final int MANY = 100_000;

    private Problems() {}

    /** Pixels of a picture into the input {@code x}. */
    public static Queries raster(int width, int height) {
        return new Queries.Raster("x", width, height);
    }

    /** The sums of one kernel, over rows and rasters, all and tiles, into queries and sources. */
    public static List<Problem> sums(SampleKernel sample) {
        boolean large = sample.kernel().name().equals("anisotropic");
        var neighbourhoods =
                sample.kernel().support().isPresent()
                        ? List.of(Neighbourhood.ALL, Neighbourhood.TILES)
                        : List.of(Neighbourhood.ALL);
        var queries = new ArrayList<>(RASTERS);
        SIZES.forEach(n -> queries.add(new Queries.Rows(n)));
        var problems = new ArrayList<Problem>();
        for (Queries rows : queries) {
            for (int sources : SIZES) {
                for (var over : neighbourhoods) {
                    boolean cheap =
                            over instanceof Neighbourhood.Tiles || rows instanceof Queries.Rows;
                    if (rows.count() * sources > MOST_PAIRS && !(large && cheap)) {
                        continue;
                    }
                    problems.add(sample.problem(Reduction.Kind.SUM, over, rows, sources));
                    problems.add(
                            sample.problem(Reduction.Kind.SUM_INTO_SOURCES, over, rows, sources));
                }
            }
        }
        return problems;
    }

    /** Sums over pixels that fill one input or another, of which the boxes bound one. */
    public static List<Problem> mapped() {
        var sample = SampleKernels.mapped();
        var problems = new ArrayList<Problem>();
        for (String slot : List.of("x", "place")) {
            for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
                for (int sources : SIZES) {
                    var pixels = new Queries.Raster(slot, 37, 5);
                    problems.add(sample.problem(Reduction.Kind.SUM, over, pixels, sources));
                    problems.add(
                            sample.problem(Reduction.Kind.SUM_INTO_SOURCES, over, pixels, sources));
                }
            }
        }
        return problems;
    }

    /**
     * Sums of very many terms: of a formula, of one too long for one method, and where the boxes
     * leave out most pairs.
     */
    public static List<Problem> longSums() {
        var sample = SampleKernels.alike(0);
        var many = new Queries.Rows(MANY);
        var intoSources = Reduction.Kind.SUM_INTO_SOURCES;
        return List.of(
                sample.problem(Reduction.Kind.SUM, Neighbourhood.ALL, new Queries.Rows(3), MANY),
                SampleKernels.alike(250)
                        .problem(Reduction.Kind.SUM, Neighbourhood.ALL, new Queries.Rows(1), MANY),
                sample.problem(intoSources, Neighbourhood.ALL, many, 3),
                apart(
                        sample.problem(
                                Reduction.Kind.SUM,
                                Neighbourhood.TILES,
                                new Queries.Rows(256),
                                MANY),
                        "x"),
                apart(sample.problem(intoSources, Neighbourhood.TILES, many, 64), "centre"));
    }

    /**
     * Totals and sums of {@link #MANY} tenths, each with one result: in float64 they are rounded to
     * the same side too.
     */
    static List<Problem> tenths() {
        var k = Kernel.build("tenths");
        k.output("value", k.input("x"));
        Array many = alike(MANY);
        var rows = new Queries.Rows(MANY);
        var problems = new ArrayList<Problem>();
        problems.add(
                new Problem(
                        "total of tenths",
                        Reduction.total(k.done()),
                        rows,
                        Map.of("x", many),
                        Map.of()));
        Kernel same = SampleKernels.same();
        for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
            Map<String, Array> manyQueries = Map.of("x", many, "centre", alike(1));
            Map<String, Array> manySources = Map.of("x", alike(1), "centre", many);
            problems.add(tenths(new Reduction(Reduction.Kind.TOTAL, same, over), manyQueries));
            problems.add(tenths(Reduction.sumIntoSources(same, over), manyQueries));
            problems.add(tenths(Reduction.sum(same, over), manySources));
        }
        return problems;
    }

    private static Problem tenths(Reduction reduction, Map<String, Array> arrays) {
        var rows = new Queries.Rows(arrays.get("x").rows());
        String name = "%s of tenths over %s".formatted(reduction.kind(), reduction.over());
        return new Problem(name, reduction, rows, arrays, Map.of());
    }

    private static Array alike(int rows) {
        var values = new double[rows];
        Arrays.fill(values, 0.1);
        return Array.of(1, values);
    }

    /** The first row of a slot stays where it meets all others; the rest lies apart from them. */
    private static Problem apart(Problem problem, String slot) {
        float[] places = problem.arrays().get(slot).toFloats();
        for (int k = 1; k < places.length; k++) {
            places[k] = 1000 + k;
        }
        return problem.with(slot, Array.of(1, places));
    }

    /** Maps and totals over rows and rasters. */
    public static List<Problem> ofRows() {
        var problems = new ArrayList<Problem>();
        for (var sample : List.of(SampleKernels.everyOpOfRows(), SampleKernels.chain(40))) {
            var queries = new ArrayList<Queries>();
            if (sample.kernel().slots().stream().anyMatch(s -> s.width() == 2)) {
                queries.addAll(RASTERS);
            }
            SIZES.forEach(n -> queries.add(new Queries.Rows(n)));
            for (Queries rows : queries) {
                for (var kind : List.of(Reduction.Kind.MAP, Reduction.Kind.TOTAL)) {
                    problems.add(sample.problem(kind, Neighbourhood.ALL, rows, 0));
                }
            }
        }
        return problems;
    }

    /** Sums and maps of nothing: their results are zeros, or have no rows. */
    public static List<Problem> ofNothing() {
        var problems = new ArrayList<Problem>();
        var none = new Queries.Rows(0);
        for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
            var sample = SampleKernels.anisotropic();
            for (var kind : List.of(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES)) {
                problems.add(sample.problem(kind, over, raster(37, 5), 0));
                problems.add(sample.problem(kind, over, new Queries.Rows(7), 0));
                problems.add(sample.problem(kind, over, none, 7));
                problems.add(sample.problem(kind, over, none, 0));
            }
        }
        var rows = SampleKernels.everyOpOfRows();
        problems.add(rows.problem(Reduction.Kind.MAP, Neighbourhood.ALL, none, 0));
        problems.add(rows.problem(Reduction.Kind.TOTAL, Neighbourhood.ALL, none, 0));
        return problems;
    }
}
