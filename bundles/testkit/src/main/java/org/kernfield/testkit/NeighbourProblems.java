package org.kernfield.testkit;

import static org.kernfield.backend.Reduction.Kind.LOG_SUM_EXP;
import static org.kernfield.backend.Reduction.Kind.MATRIX;
import static org.kernfield.backend.Reduction.Kind.MAX;
import static org.kernfield.backend.Reduction.Kind.SUM;
import static org.kernfield.backend.Reduction.Kind.SUM_INTO_SOURCES;
import static org.kernfield.backend.Reduction.Kind.TOTAL;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Reduction.Kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every kind over every neighbourhood at awkward sizes. */
public final class NeighbourProblems {
    private static final List<Kind> OF_PAIRS =
            List.of(SUM, SUM_INTO_SOURCES, TOTAL, LOG_SUM_EXP, MAX);

    private static final List<Queries> RASTERS =
            List.of(
                    Problems.raster(1, 1),
                    Problems.raster(1, 40),
                    Problems.raster(37, 5),
                    Problems.raster(64, 48));

    /** Pairs of a problem over all pairs, at most. */
    private static final long MOST_PAIRS = 10_000;

    private static final long MOST_COMPOSITED = 20_000;

    private NeighbourProblems() {}

    /** The problems by a name for the kind and neighbourhood. */
    public static Map<String, List<Problem>> byKind() {
        var problems = new ArrayList<Problem>();
        dense(problems);
        large(problems);
        lists(problems);
        grids(problems);
        stencils(problems);
        nothing(problems);
        var byKind = new LinkedHashMap<String, List<Problem>>();
        for (Problem problem : problems) {
            byKind.computeIfAbsent(name(problem), n -> new ArrayList<>()).add(problem);
        }
        return byKind;
    }

    /** Kind and neighbourhood in words. */
    public static String name(Problem problem) {
        String over = problem.reduction().over().getClass().getSimpleName();
        return problem.reduction().kind() + " over " + over;
    }

    private static List<Queries> rows() {
        var queries = new ArrayList<Queries>();
        Problems.SIZES.forEach(n -> queries.add(new Queries.Rows(n)));
        queries.add(Problems.raster(37, 5));
        return queries;
    }

    private static void dense(List<Problem> problems) {
        for (Queries queries : rows()) {
            for (int sources : Problems.SIZES) {
                if (queries.count() * sources > MOST_PAIRS) {
                    continue;
                }
                var edges = NeighbourKernels.edges();
                for (Kind kind : OF_PAIRS) {
                    problems.add(edges.problem(kind, Neighbourhood.ALL, queries, sources));
                }
                problems.add(edges.problem(MATRIX, Neighbourhood.ALL, queries, sources));
                problems.add(
                        SampleKernels.several()
                                .problem(MATRIX, Neighbourhood.ALL, queries, sources));
                for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
                    problems.add(SampleKernels.gaussian().problem(TOTAL, over, queries, sources));
                    for (boolean several : new boolean[] {false, true}) {
                        var mixture = NeighbourKernels.mixture(several);
                        problems.add(mixture.problem(LOG_SUM_EXP, over, queries, sources));
                        problems.add(mixture.problem(MAX, over, queries, sources));
                    }
                }
            }
        }
    }

    /** More sources than a block of any kind holds. */
    private static void large(List<Problem> problems) {
        var sample = NeighbourKernels.mixture(false);
        for (Kind kind : List.of(LOG_SUM_EXP, MAX)) {
            problems.add(sample.problem(kind, Neighbourhood.ALL, new Queries.Rows(64), 1021));
            problems.add(sample.problem(kind, Neighbourhood.TILES, Problems.raster(37, 5), 1021));
        }
    }

    private static void lists(List<Problem> problems) {
        for (Queries queries : rows()) {
            for (int sources : Problems.SIZES) {
                for (var sample : List.of(NeighbourKernels.edges(), SampleKernels.several())) {
                    for (Kind kind : OF_PAIRS) {
                        problems.add(sample.problem(kind, Neighbourhood.LISTS, queries, sources));
                    }
                    var matrix = sample.problem(MATRIX, Neighbourhood.LISTS, queries, sources);
                    problems.add(matrix);
                }
                problems.add(
                        SampleKernels.payload()
                                .problem(SUM, Neighbourhood.LISTS, queries, sources));
            }
        }
    }

    private static void grids(List<Problem> problems) {
        for (int d = 1; d <= 4; d++) {
            for (int n : Problems.SIZES) {
                for (int sources : Problems.SIZES) {
                    if (n > 64 && sources < n) {
                        continue;
                    }
                    for (Kind kind : OF_PAIRS) {
                        var sample = NeighbourKernels.interpolated(d);
                        var rows = new Queries.Rows(n);
                        problems.add(sample.problem(kind, NeighbourKernels.grid(), rows, sources));
                    }
                }
            }
        }
    }

    private static void stencils(List<Problem> problems) {
        for (Queries raster : RASTERS) {
            int pixels = Math.toIntExact(raster.count());
            for (Kind kind : OF_PAIRS) {
                problems.add(
                        NeighbourKernels.convolved()
                                .problem(kind, NeighbourKernels.stencil(), raster, pixels));
                problems.add(
                        NeighbourKernels.neighbours()
                                .problem(kind, NeighbourKernels.forward(), raster, pixels));
                problems.add(
                        NeighbourKernels.weighed()
                                .problem(kind, NeighbourKernels.stencil(), raster, pixels));
            }
        }
    }

    /** No sources, or no queries. */
    private static void nothing(List<Problem> problems) {
        var none = new Queries.Rows(0);
        var some = new Queries.Rows(7);
        for (Kind kind : OF_PAIRS) {
            for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
                var sample = NeighbourKernels.mixture(true);
                problems.add(sample.problem(kind, over, some, 0));
                problems.add(sample.problem(kind, over, none, 7));
            }
            var lists = SampleKernels.several();
            problems.add(lists.problem(kind, Neighbourhood.LISTS, some, 0));
            problems.add(lists.problem(kind, Neighbourhood.LISTS, none, 7));
            var grid = NeighbourKernels.interpolated(2);
            problems.add(grid.problem(kind, NeighbourKernels.grid(), some, 0));
            problems.add(grid.problem(kind, NeighbourKernels.grid(), none, 7));
        }
        problems.add(SampleKernels.several().problem(MATRIX, Neighbourhood.ALL, none, 7));
    }

    /** Sums of one set of rows over itself, whose kernels are symmetric. */
    public static List<Problem> symmetric() {
        var problems = new ArrayList<Problem>();
        for (int n : Problems.SIZES) {
            for (int columns : n > 64 ? new int[] {3} : new int[] {0, 1, 3}) {
                var plain = SampleKernels.squaredExponential();
                var kernel = columns == 0 ? plain.kernel() : plain.kernel().weighted(columns);
                var sample = new SampleKernel(kernel, plain.draw(), true);
                problems.add(
                        sample.problem(Reduction.symmetricSum(kernel), new Queries.Rows(n), n));
            }
        }
        return problems.stream().map(p -> p.with("x", p.arrays().get("centre"))).toList();
    }

    /** Splats in hundreds, nearest first at every pixel. */
    public static List<Problem> composites() {
        var problems = new ArrayList<Problem>();
        for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
            for (Queries raster : RASTERS) {
                for (int sources : new int[] {0, 1, 7, 64, 300}) {
                    if (raster.count() * sources <= MOST_COMPOSITED) {
                        problems.add(composite(over, raster, sources));
                    }
                }
            }
            var problem = composite(over, Problems.raster(37, 5), 300);
            Array depth = problem.arrays().get("depth").as(ElementType.F32);
            for (long j = 0; j < depth.elements(); j += 10) {
                depth.set(j, j % 20 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY);
            }
            problems.add(problem.with("depth", depth));
        }
        for (int sources : new int[] {7, 300}) {
            var mapped = NeighbourKernels.mappedSplats();
            problems.add(composite(mapped, Neighbourhood.TILES, Problems.raster(37, 5), sources));
        }
        // wider than a backend's tiles may be
        problems.add(composite(Neighbourhood.TILES, Problems.raster(149, 19), 300));
        problems.add(composite(Neighbourhood.TILES, Problems.raster(64, 48), 300));
        return problems;
    }

    /** A few splats. */
    static Problem splats() {
        return composite(Neighbourhood.TILES, Problems.raster(37, 5), 64);
    }

    private static Problem composite(Neighbourhood over, Queries raster, int sources) {
        return composite(NeighbourKernels.splats(), over, raster, sources);
    }

    private static Problem composite(
            SampleKernel sample, Neighbourhood over, Queries raster, int sources) {
        var reduction = Reduction.composite(sample.kernel(), over, NeighbourKernels.compositing());
        return sample.problem(reduction, raster, sources);
    }
}
