package org.kernfield.cpu.internal.limits;

import org.kernfield.backend.Backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;

/**
 * Compares the rate of every core, and of generated code, with what is to be expected of them. It
 * takes about half a second of each core, once, and leaves the most common code compiled.
 */
public final class SpeedCheck {
    /** Short commands are over by then, and others have opened their session. */
    private static final long DELAY_MILLIS = 3_000;

    /** Rates below a third of the expected ones are told. */
    private static final double TOLERATED = 3;

    /**
     * Vectors of multiply-adds during one product and sum of scalars: two a cycle during seven
     * cycles or so, one a cycle on lesser cores.
     */
    private static final double VECTORS_A_LINK = 12;

    /** Of the rate that multiply-adds allow, what generated sums reach at least. */
    private static final double GENERATED = 0.4;

    private final FutureTask<List<String>> check;
    private final Thread thread;
    private final BooleanSupplier isInUse;

    /**
     * @param isInUse whether anybody computes, who would lose what the check takes and falsify it
     */
    public SpeedCheck(Backend backend, BooleanSupplier isInUse) {
        this.isInUse = isInUse;
        check = new FutureTask<>(() -> sentences(backend));
        thread = Thread.ofPlatform().daemon().name("kernfield-cpu-check").unstarted(this::later);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Checks in the background, a few seconds from now, once nobody computes. */
    public void start() {
        thread.start();
    }

    /** Gives the background check up. */
    public void stop() {
        thread.interrupt();
    }

    private void later() {
        try {
            do {
                Thread.sleep(DELAY_MILLIS);
            } while (isInUse.getAsBoolean());
        } catch (InterruptedException e) {
            return;
        }
        check.run();
    }

    /** What is slow; waits for the check, or makes it. */
    public List<String> shortfalls() {
        check.run();
        try {
            return check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (java.util.concurrent.ExecutionException e) {
            return List.of("speed: it could not be measured (" + e.getCause() + "); report this");
        }
    }

    private static List<String> sentences(Backend backend) throws InterruptedException {
        var sentences = new ArrayList<String>();
        VectorUnits.narrower().ifPresent(sentences::add);
        List<CoreRate> cores = CoreRate.ofAll();
        for (int k = 0; k < cores.size(); k++) {
            CoreRate core = cores.get(k);
            compare(
                    "thread %d of %d".formatted(k + 1, cores.size()),
                    core.vectors(),
                    VECTORS_A_LINK * core.links(),
                    "vectors",
                    sentences);
        }
        double best = cores.stream().mapToDouble(CoreRate::vectors).max().orElseThrow();
        compare(
                "generated code",
                CommonCode.pairs(backend),
                GENERATED * best * Loops.F.length() / CommonCode.MULTIPLY_ADDS,
                "pairs",
                sentences);
        return List.copyOf(sentences);
    }

    /** Adds a sentence where {@code rate} is below a third of {@code expected}. */
    static void compare(
            String what, double rate, double expected, String unit, List<String> sentences) {
        if (rate * TOLERATED < expected) {
            sentences.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %.2f million %s a second where %.0f are to be expected; start java"
                                    + " without options that limit its compilers, and see what else"
                                    + " runs",
                            what,
                            1e-6 * rate,
                            unit,
                            1e-6 * expected));
        }
    }
}
