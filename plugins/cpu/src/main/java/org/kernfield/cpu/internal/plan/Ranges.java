package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Between which numbers the lines of a program lie, given the ranges of what it reads. */
public final class Ranges {
    /** All numbers from {@code low} to {@code high}; NaN bounds mean that nothing is known. */
    public record Range(double low, double high) {
        static final Range ANY = new Range(Double.NaN, Double.NaN);

        boolean isKnown() {
            return Double.isFinite(low) && Double.isFinite(high);
        }

        private Range union(Range other) {
            return new Range(Math.min(low, other.low), Math.max(high, other.high));
        }
    }

    /** Slack for rounding, relative to the larger bound. */
    private static final double SLACK = 1e-5;

    private final Ssa ssa;
    private final Map<Integer, Range> known;
    private final Function<Instruction.Load, Range> loads;

    /**
     * @param known ranges of some lines; the others follow from them
     * @param loads the ranges of other loads
     */
    public Ranges(Ssa ssa, Map<Integer, Range> known, Function<Instruction.Load, Range> loads) {
        this.ssa = ssa;
        this.known = known;
        this.loads = loads;
    }

    /** Fills in the ranges of {@code lines}, which stand in an order of evaluation. */
    public void follow(List<Integer> lines) {
        for (int line : lines) {
            if (!known.containsKey(line)) {
                Range range = of(ssa.get(line));
                known.put(line, range.isKnown() ? widened(range) : Range.ANY);
            }
        }
    }

    /** Whether {@code line} lies between two numbers. */
    public boolean lies(int line, double low, double high) {
        Range range = known.getOrDefault(line, Range.ANY);
        return range.isKnown() && range.low >= low && range.high <= high;
    }

    /** An upper bound of |line|, ∞ where nothing is known. */
    double greatestMagnitude(int line) {
        Range range = known.getOrDefault(line, Range.ANY);
        return range.isKnown() ? magnitude(range).high : Double.POSITIVE_INFINITY;
    }

    /** A lower bound of |line|, 0 where nothing is known. */
    double leastMagnitude(int line) {
        Range range = known.getOrDefault(line, Range.ANY);
        return range.isKnown() ? magnitude(range).low : 0;
    }

    private static Range widened(Range range) {
        double slack = SLACK * Math.max(Math.abs(range.low), Math.abs(range.high));
        double low = range.low >= 0 ? Math.max(0, range.low - slack) : range.low - slack;
        double high = range.high <= 0 ? Math.min(0, range.high + slack) : range.high + slack;
        return new Range(low, high);
    }

    private Range of(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Constant c -> new Range(c.value(), c.value());
            case Instruction.Load l -> loads.apply(l);
            case Instruction.Contract c -> Range.ANY;
            case Instruction.Apply a -> of(a);
        };
    }

    private Range of(Instruction.Apply a) {
        Range x = known.get(a.operand(0));
        Range y = a.operands().size() > 1 ? known.get(a.operand(1)) : x;
        Range z = a.operands().size() > 2 ? known.get(a.operand(2)) : x;
        if (a.op() == Op.SELECT) {
            return y.isKnown() && z.isKnown() ? y.union(z) : Range.ANY;
        }
        if (!x.isKnown() || !y.isKnown() || !z.isKnown()) {
            return Range.ANY;
        }
        return switch (a.op()) {
            case ADD -> new Range(x.low + y.low, x.high + y.high);
            case SUBTRACT -> new Range(x.low - y.high, x.high - y.low);
            case MULTIPLY -> a.operand(0) == a.operand(1) ? squared(x) : product(x, y);
            case FMA -> {
                Range p = product(x, y);
                yield new Range(p.low + z.low, p.high + z.high);
            }
            case DIVIDE ->
                    y.low > 0 || y.high < 0
                            ? product(x, new Range(1 / y.high, 1 / y.low))
                            : Range.ANY;
            case NEGATE -> new Range(-x.high, -x.low);
            case ABS -> magnitude(x);
            case MIN -> new Range(Math.min(x.low, y.low), Math.min(x.high, y.high));
            case MAX -> new Range(Math.max(x.low, y.low), Math.max(x.high, y.high));
            case FLOOR -> new Range(Math.floor(x.low), Math.floor(x.high));
            case SQRT -> x.low >= 0 ? new Range(Math.sqrt(x.low), Math.sqrt(x.high)) : Range.ANY;
            case EXP -> new Range(Math.exp(x.low), Math.exp(x.high));
            case LOG -> x.low > 0 ? new Range(Math.log(x.low), Math.log(x.high)) : Range.ANY;
            case SIN, COS, TANH -> new Range(-1, 1);
            default -> Range.ANY;
        };
    }

    private static Range squared(Range x) {
        Range m = magnitude(x);
        return new Range(m.low * m.low, m.high * m.high);
    }

    private static Range magnitude(Range x) {
        double high = Math.max(Math.abs(x.low), Math.abs(x.high));
        double low = x.low > 0 ? x.low : x.high < 0 ? -x.high : 0;
        return new Range(low, high);
    }

    private static Range product(Range x, Range y) {
        double a = x.low * y.low;
        double b = x.low * y.high;
        double c = x.high * y.low;
        double d = x.high * y.high;
        return new Range(
                Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }
}
