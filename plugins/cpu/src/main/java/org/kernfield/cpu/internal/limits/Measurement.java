package org.kernfield.cpu.internal.limits;

import org.kernfield.backend.Limits;
import org.kernfield.backend.Workers;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;

/** Measures what the vector units and the memory of this machine can do. */
public final class Measurement {
    private static final long ROUND_NANOS = 50_000_000;

    /** A rate has settled when so many rounds have not brought more than a few per cent. */
    private static final int SETTLED_ROUNDS = 8;

    /** The compilers need a moment, more on a busy machine. */
    private static final int LEAST_ROUNDS = 18;

    private static final int MOST_ROUNDS = 60;
    private static final double MORE = 1.03;

    /** Short calls: what is entered anew is compiled better than what is replaced while it runs. */
    private static final int TURNS = 500;

    private static final int TIMES = 200;

    /** Numbers in the first-level cache. */
    private static final int NEAR = 2_048;

    private static final int NEAR_TIMES = 64;
    private static final float DEEPEST = 20;

    /** Numbers beyond every cache, three arrays on each thread. */
    private static final int FAR = 4_000_000;

    /** Bytes of one turn of the triad's loop: two loads and a store of float32. */
    private static final int TRIAD_BYTES = 12;

    private static volatile double sink;

    private Measurement() {}

    /** Some seconds of every worker, 48 MB a thread. */
    public static Limits of(Workers workers) {
        int lanes32 = Loops.F.length();
        int lanes64 = Loops.D.length();
        return new Limits(
                workers.count(),
                rate(workers, () -> multiplyAdds32()) * lanes32,
                rate(workers, () -> multiplyAdds64()) * lanes64,
                rate(workers, () -> mixed()) * lanes32,
                exponentials(workers),
                bandwidth(workers));
    }

    private static double multiplyAdds32() {
        for (int k = 0; k < TIMES; k++) {
            sink = Loops.multiplyAdds(TURNS, 1f);
        }
        return (double) TIMES * TURNS * Loops.MULTIPLY_ADDS;
    }

    private static double multiplyAdds64() {
        for (int k = 0; k < TIMES; k++) {
            sink = Loops.multiplyAdds(TURNS, 1.0);
        }
        return (double) TIMES * TURNS * Loops.MULTIPLY_ADDS;
    }

    private static double mixed() {
        for (int k = 0; k < TIMES; k++) {
            sink = Loops.mixed(TURNS, 1f);
        }
        return (double) TIMES * TURNS * Loops.MIXED;
    }

    private static double exponentials(Workers workers) {
        var q = new float[NEAR];
        for (int i = 0; i < NEAR; i++) {
            q[i] = -i * (DEEPEST / NEAR);
        }
        var results = new float[workers.count()][NEAR];
        return best(
                workers,
                k -> {
                    for (int n = 0; n < NEAR_TIMES; n++) {
                        Loops.exponentials(q, results[k]);
                    }
                    sink = results[k][NEAR / 2];
                    return (double) NEAR_TIMES * NEAR;
                });
    }

    private static double bandwidth(Workers workers) {
        var arrays = new float[workers.count()][3][FAR];
        for (float[][] triple : arrays) {
            Arrays.fill(triple[1], 1);
            Arrays.fill(triple[2], 2);
        }
        return best(
                workers,
                k -> {
                    Loops.triad(arrays[k][0], arrays[k][1], arrays[k][2]);
                    return (double) FAR * TRIAD_BYTES;
                });
    }

    @FunctionalInterface
    private interface Work {
        double done();
    }

    @FunctionalInterface
    private interface PartWork {
        double done(int part);
    }

    private static double rate(Workers workers, Work work) {
        return best(workers, _ -> work.done());
    }

    /** Work a second on all workers at once, once it has settled. */
    private static double best(Workers workers, PartWork work) {
        double best = 0;
        int settled = 0;
        for (int k = 0; k < LEAST_ROUNDS || k < MOST_ROUNDS && settled < SETTLED_ROUNDS; k++) {
            double rate = round(workers, work, ROUND_NANOS);
            settled = rate > MORE * best ? 0 : settled + 1;
            best = Math.max(best, rate);
        }
        return best;
    }

    private static double round(Workers workers, PartWork work, long nanos) {
        var rates = new DoubleAdder();
        workers.forEach(
                workers.count(),
                part -> {
                    long start = System.nanoTime();
                    double done = 0;
                    long spent;
                    do {
                        done += work.done(part);
                        spent = System.nanoTime() - start;
                    } while (spent < nanos);
                    rates.add(done / (spent * 1e-9));
                });
        return rates.sum();
    }
}
