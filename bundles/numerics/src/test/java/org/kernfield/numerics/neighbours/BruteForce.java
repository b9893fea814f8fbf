package org.kernfield.numerics.neighbours;

import org.kernfield.backend.NeighbourLists;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Neighbours by looking at all points. */
record BruteForce(float[] points, int dimension) {
    /** Lists of the nearest points of each query; {@code others} leaves out the query's own. */
    List<List<Integer>> nearest(float[] queries, int k, boolean others) {
        return each(
                queries,
                others,
                (distances, candidates) ->
                        candidates.sorted(Comparator.comparingDouble(j -> distances[j])).limit(k));
    }

    /** Lists of the points within a radius of each query. */
    List<List<Integer>> within(float[] queries, double radius, boolean others) {
        return each(
                queries,
                others,
                (distances, candidates) -> candidates.filter(j -> distances[j] <= radius * radius));
    }

    double medianDistance(float[] queries) {
        double[] distances = distances(queries, 0);
        Arrays.sort(distances);
        return Math.sqrt(distances[distances.length / 2]);
    }

    static List<List<Integer>> lists(NeighbourLists lists) {
        var all = new ArrayList<List<Integer>>();
        for (int i = 0; i < lists.queries(); i++) {
            int[] list =
                    Arrays.copyOfRange(lists.indices(), lists.offsets()[i], lists.offsets()[i + 1]);
            all.add(Arrays.stream(list).boxed().toList());
        }
        return all;
    }

    @FunctionalInterface
    private interface Choice {
        Stream<Integer> of(double[] distances, Stream<Integer> candidates);
    }

    private List<List<Integer>> each(float[] queries, boolean others, Choice choice) {
        var lists = new ArrayList<List<Integer>>();
        for (int i = 0; i < queries.length / dimension; i++) {
            int self = others ? i : -1;
            var candidates =
                    IntStream.range(0, points.length / dimension).filter(j -> j != self).boxed();
            lists.add(choice.of(distances(queries, i), candidates).toList());
        }
        return lists;
    }

    private double[] distances(float[] queries, int i) {
        var distances = new double[points.length / dimension];
        for (int j = 0; j < distances.length; j++) {
            for (int c = 0; c < dimension; c++) {
                double difference = (double) queries[i * dimension + c] - points[j * dimension + c];
                distances[j] += difference * difference;
            }
        }
        return distances;
    }
}
