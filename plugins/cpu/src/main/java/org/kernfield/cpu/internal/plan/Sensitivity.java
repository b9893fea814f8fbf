package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much lines change with one of them, s: bounds of |dL/ds| and of |dL/ds|/|L| over the ranges
 * that lines are known to lie in, by the rules of differentiation. What it has no rule for, and
 * what may jump, counts as unbounded.
 */
public final class Sensitivity {
    /**
     * Bounds for one line.
     *
     * @param absolute of |dL/ds|
     * @param relative of |dL/ds|/|L|
     */
    private record Bound(double absolute, double relative) {
        static final Bound NONE = new Bound(0, 0);
        static final Bound UNKNOWN = new Bound(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        boolean isNone() {
            return absolute == 0 && relative == 0;
        }
    }

    private final Ssa ssa;
    private final Ranges ranges;
    private final Map<Integer, Bound> bounds = new HashMap<>();

    /**
     * @param lines in an order of evaluation
     * @param of the line that the others are differentiated by
     */
    public Sensitivity(Ssa ssa, Ranges ranges, List<Integer> lines, int of) {
        this.ssa = ssa;
        this.ranges = ranges;
        for (int line : lines) {
            Bound bound =
                    line == of
                            ? new Bound(1, Double.POSITIVE_INFINITY)
                            : ssa.get(line) instanceof Instruction.Apply a ? of(a) : Bound.NONE;
            bounds.put(line, bound.isNone() ? bound : narrowed(line, bound));
        }
    }

    /** The bound of |dL/ds|/|L|. */
    public double relative(int line) {
        return bounds.get(line).relative;
    }

    /** Each bound gives one for the other, with what is known of |L|. */
    private Bound narrowed(int line, Bound bound) {
        double most = ranges.greatestMagnitude(line);
        double least = ranges.leastMagnitude(line);
        return new Bound(
                Math.min(bound.absolute, product(bound.relative, most)),
                Math.min(bound.relative, least > 0 ? bound.absolute / least : bound.relative));
    }

    private Bound of(Instruction.Apply a) {
        if (a.operands().stream().allMatch(o -> bounds.get(o).isNone())) {
            return Bound.NONE;
        }
        Bound x = bounds.get(a.operand(0));
        Bound y = a.operands().size() > 1 ? bounds.get(a.operand(1)) : Bound.NONE;
        double unknown = Double.POSITIVE_INFINITY;
        return switch (a.op()) {
            case ADD -> sum(x, y, haveOneSign(a.operand(0), a.operand(1)));
            case SUBTRACT -> sum(x, y, haveOppositeSigns(a.operand(0), a.operand(1)));
            case MULTIPLY ->
                    new Bound(
                            product(x.absolute, ranges.greatestMagnitude(a.operand(1)))
                                    + product(y.absolute, ranges.greatestMagnitude(a.operand(0))),
                            x.relative + y.relative);
            case DIVIDE -> new Bound(unknown, x.relative + y.relative);
            case NEGATE, ABS -> x;
            case SQRT -> new Bound(unknown, x.relative / 2);
            case EXP -> new Bound(unknown, x.absolute);
            case LOG -> new Bound(x.relative, unknown);
            case SIN, COS, TANH -> new Bound(x.absolute, unknown);
            case MIN, MAX ->
                    new Bound(Math.max(x.absolute, y.absolute), Math.max(x.relative, y.relative));
            default -> Bound.UNKNOWN;
        };
    }

    private static Bound sum(Bound x, Bound y, boolean addsMagnitudes) {
        return new Bound(
                x.absolute + y.absolute,
                addsMagnitudes ? Math.max(x.relative, y.relative) : Double.POSITIVE_INFINITY);
    }

    private boolean haveOneSign(int a, int b) {
        return ranges.lies(a, 0, Double.MAX_VALUE) && ranges.lies(b, 0, Double.MAX_VALUE)
                || ranges.lies(a, -Double.MAX_VALUE, 0) && ranges.lies(b, -Double.MAX_VALUE, 0);
    }

    private boolean haveOppositeSigns(int a, int b) {
        return ranges.lies(a, 0, Double.MAX_VALUE) && ranges.lies(b, -Double.MAX_VALUE, 0)
                || ranges.lies(a, -Double.MAX_VALUE, 0) && ranges.lies(b, 0, Double.MAX_VALUE);
    }

    /** 0 · ∞ is 0: what does not change stays so. */
    private static double product(double bound, double magnitude) {
        return bound == 0 || magnitude == 0 ? 0 : bound * magnitude;
    }
}
