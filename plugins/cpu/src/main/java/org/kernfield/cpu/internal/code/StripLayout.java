package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;

/**
 * How many targets a strip holds and how many rows meet it at a time: so many that the numbers of
 * their pairs stay in the nearest cache or, where a pair costs far more than to load them, in the
 * second. Constants of the code, so that all planes of a strip are addressed from one register.
 *
 * @param width targets, whole tiles, and elements between two planes of a strip
 * @param rows whole groups, a divisor of {@link #BLOCK}
 */
public record StripLayout(int width, int rows) {
    /** Rows of a partial sum: bounds the rounding of long sums. */
    public static final int BLOCK = 128;

    /** Bytes of a plane where nothing is contracted, where little is, and where much is. */
    private static final int LONG = 2048;

    private static final int MIDDLE = 1024;
    private static final int SHORT = 512;

    /** Bytes of the numbers of pairs. */
    private static final int NEAR = 16_384;

    /** Components from which rows and targets had better be read seldom. */
    private static final int DEEP = 32;

    static StripLayout of(DensePlan plan, Precision precision) {
        int bytes = precision == Precision.F32 ? Float.BYTES : Double.BYTES;
        int contractions = plan.contractions().size();
        int depth =
                plan.contractions().stream()
                        .mapToInt(
                                line -> ((Instruction.Contract) plan.ssa.get(line)).left().width())
                        .max()
                        .orElse(0);
        boolean isDeep = depth > DEEP;
        int width = (isDeep ? SHORT : contractions > 0 ? MIDDLE : LONG) / bytes;
        boolean isStored = contractions > 0 || StripCompiler.isStaged(plan);
        int rows = isDeep || !isStored ? BLOCK : NEAR / (width * bytes * Math.max(1, contractions));
        return new StripLayout(width, Math.max(4, Integer.highestOneBit(rows)));
    }

    /** Between the numbers of one contraction and the next. */
    public int apart() {
        return rows * width;
    }
}
