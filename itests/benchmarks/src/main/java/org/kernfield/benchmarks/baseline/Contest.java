package org.kernfield.benchmarks.baseline;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same work done by several contestants in turns, A B A B, in seconds of the calling thread's
 * processor time; the median of the rounds counts. A machine that is busy otherwise slows all of
 * them.
 */
final class Contest {
    private static final int ROUNDS = 7;
    private static final double WARM_SECONDS = 5; // until what compiles late has

    private final String name;
    private final double work;
    private final String unit;
    private final Map<String, Runnable> contestants = new LinkedHashMap<>();

    /**
     * @param work how many of {@code unit} one run is
     */
    Contest(String name, double work, String unit) {
        this.name = name;
        this.work = work;
        this.unit = unit;
    }

    Contest with(String contestant, Runnable run) {
        contestants.put(contestant, run);
        return this;
    }

    /** Prints a line a contestant; ratios are to the last one. Returns units a second. */
    Map<String, Double> run() {
        var seconds = new LinkedHashMap<String, List<Double>>();
        contestants.forEach(
                (who, run) -> {
                    double until = processor() + WARM_SECONDS;
                    do {
                        run.run();
                    } while (processor() < until);
                    seconds.put(who, new ArrayList<>());
                });
        for (int round = 0; round < ROUNDS; round++) {
            contestants.forEach((who, run) -> seconds.get(who).add(time(run)));
        }
        var rates = new LinkedHashMap<String, Double>();
        seconds.forEach((who, times) -> rates.put(who, work / median(times)));
        double last = rates.lastEntry().getValue();
        rates.forEach(
                (who, rate) ->
                        System.out.printf(
                                "%-34s %-10s %10.3f %-9s %5.2f   load %.1f%n",
                                name, who, rate, unit, rate / last, load()));
        return rates;
    }

    private static double time(Runnable run) {
        double start = processor();
        run.run();
        return processor() - start;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double processor() {
        return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
