package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A sum over all pairs taken apart. The rows that own the results are <em>targets</em>: queries, or
 * sources when summing into them. The rows of the other side go by. What depends on the passing row
 * alone is prepared by a map over them; factors that are constant for a target are applied after
 * the sum by a finishing map over targets.
 *
 * <p>Levels: {@link Levels#QUERY} is the target's, {@link Levels#SOURCE} the passing row's.
 */
public final class DensePlan {
    /** Loads of the sums of a target, one component a term. */
    public static final String SUMS = "_sums";

    /** The level of what depends on the passing row alone. */
    public static final int PASSING = Levels.SOURCE;

    /** The level of what depends on both. */
    public static final int PAIR = Levels.QUERY | Levels.SOURCE;

    /** Operations of a pair from which an argument is worth a loop of its own. */
    private static final int LEAST_STAGE = 3;

    /**
     * Scaled coordinates of pairs with a value of 2⁻ⁿ differ by √n; rounding coordinates up to this
     * bound to float32 is worth at most 6e-7 of a value.
     */
    private static final double NEAR = 4;

    /** Components from which a contraction is worth a loop of its own. */
    private static final int LEAST_WIDTH = 5;

    private final boolean intoSources;
    private final boolean isSymmetric;
    private final List<Integer> outputs;

    public final Ssa ssa;

    /** Coordinates with the scale of an exponent in them. */
    private final List<Integer> scaledCoordinates;

    /** What is summed, in order. */
    public final List<Integer> terms;

    /** Every line that the pairs need. */
    public final List<Integer> needed;

    /** Pairs in two loops through the nearest cache, where that is the faster way. */
    public final Optional<Stages> stages;

    /**
     * The argument of an exponential is computed for a block of rows before anything else is: all
     * operations of a pair in one loop make chains so long that few of them are under way at once.
     *
     * @param argument the line that the first loop leaves in memory
     * @param first what the first loop needs
     * @param second what the second loop needs, {@code argument} as it finds it
     */
    public record Stages(int argument, List<Integer> first, List<Integer> second) {}

    /** The terms of a symmetric sum; empty where pairs are computed for each side. */
    public final Optional<BothWays> bothWays;

    /** Lines that depend on the passing row alone and are read by the pair loop, in order. */
    public final List<Integer> passing;

    /** Lines that depend on the target alone and are read by the pair loop, in order. */
    public final List<Integer> targets;

    /** Computes those {@link #passing} lines that are not plain loads; may have no result. */
    public final Program preparePassing;

    /** The same for {@link #targets}. */
    public final Program prepareTargets;

    /** Output components from targets and {@link #SUMS}; null if the terms are the outputs. */
    public final Program finish;

    /**
     * @param intoSources whether the sources are the targets
     * @param isSymmetric whether targets and passing rows are the same and the kernel is symmetric
     */
    public DensePlan(Kernel kernel, boolean intoSources, boolean isSymmetric) {
        this(
                new Ssa(kernel.program(), l -> level(l, intoSources)),
                kernel.program().results(),
                intoSources,
                isSymmetric,
                List.of());
    }

    private DensePlan(
            Ssa ssa,
            List<Integer> outputs,
            boolean intoSources,
            boolean isSymmetric,
            List<Integer> scaledCoordinates) {
        this.ssa = ssa;
        this.outputs = outputs;
        this.intoSources = intoSources;
        this.isSymmetric = isSymmetric;
        this.scaledCoordinates = scaledCoordinates;
        var numbers = new LinkedHashMap<Integer, Integer>();
        var finished = new ArrayList<Integer>();
        boolean isPlain = true;
        for (int output : outputs) {
            Factored factored = factor(output);
            isPlain &= ssa.is(factored.factor, 1) && !numbers.containsKey(factored.term);
            int k = numbers.computeIfAbsent(factored.term, t -> numbers.size());
            var slot = new Slot(SUMS, Slot.Role.INPUT, Integer.MAX_VALUE);
            int sum = ssa.line(new Instruction.Load(slot, k));
            finished.add(ssa.apply(Op.MULTIPLY, factored.factor, sum));
        }
        terms = List.copyOf(numbers.keySet());
        finish = isPlain ? null : ssa.extract(finished);
        needed = ssa.needed(terms);
        stages = stages();
        passing = readByPairs(Levels.SOURCE);
        targets = readByPairs(Levels.QUERY);
        preparePassing = prepare(passing);
        prepareTargets = prepare(targets);
        bothWays = isSymmetric ? BothWays.of(this) : Optional.empty();
    }

    /**
     * The same sum with exponentials as powers of two, which takes two multiplications less of
     * each; empty where there is none. It is accurate where {@link #isNear}.
     */
    public Optional<DensePlan> scaled() {
        var to = new Ssa(new Program(List.of(), List.of()), l -> level(l, intoSources));
        var rewritten =
                new ScaledExponents(ssa, outputs, line -> ssa.dependence(line) != PAIR, true, to);
        return rewritten.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DensePlan(
                                to,
                                rewritten.results,
                                intoSources,
                                isSymmetric,
                                rewritten.coordinates));
    }

    /**
     * Whether all coordinates that were scaled are small enough for their rounding not to count.
     */
    public boolean isNear(Ranges ranges) {
        return scaledCoordinates.stream().allMatch(line -> ranges.lies(line, -NEAR, NEAR));
    }

    private Program prepare(List<Integer> lines) {
        return ssa.extract(
                lines.stream()
                        .filter(line -> !(ssa.get(line) instanceof Instruction.Load))
                        .map(ssa::asNumber)
                        .toList());
    }

    private static int level(Instruction.Load load, boolean intoSources) {
        return switch (load.slot().role()) {
            case UNIFORM -> 0;
            case PARAM -> intoSources ? Levels.QUERY : Levels.SOURCE;
            case INPUT ->
                    intoSources && !load.slot().name().equals(SUMS) ? Levels.SOURCE : Levels.QUERY;
            case PAIR -> PAIR;
        };
    }

    /** Whether a kernel reads numbers of pairs, which a dense plan does not know. */
    public static boolean isFor(Kernel kernel) {
        return kernel.slots(Slot.Role.PAIR).isEmpty();
    }

    /** Whether the queries own the results, rather than the sources. */
    public boolean inputsAreTargets() {
        return !intoSources;
    }

    /** What one pair costs in vector operations. */
    public int cost() {
        return Costs.of(ssa, needed);
    }

    private Optional<Stages> stages() {
        var arguments =
                pairs().stream()
                        .filter(
                                line ->
                                        ssa.get(line) instanceof Instruction.Apply a
                                                && a.op() == Op.EXP)
                        .map(line -> withoutFactors(((Instruction.Apply) ssa.get(line)).operand(0)))
                        .distinct()
                        .toList();
        if (arguments.size() != 1 || !contractions().isEmpty()) {
            return Optional.empty();
        }
        int argument = arguments.getFirst();
        var first = ssa.needed(List.of(argument));
        if (Levels.exactly(ssa, first, PAIR).size() < LEAST_STAGE
                || ssa.dependence(argument) != PAIR) {
            return Optional.empty();
        }
        var second = ssa.needed(terms, argument);
        return Optional.of(new Stages(argument, first, second));
    }

    /** What is left of a product when constant factors are taken from it. */
    private int withoutFactors(int line) {
        if (ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.MULTIPLY) {
            for (int k = 0; k < 2; k++) {
                if (ssa.get(a.operand(k)) instanceof Instruction.Constant) {
                    return withoutFactors(a.operand(1 - k));
                }
            }
        }
        return line;
    }

    /** The lines of a level, in order. */
    public List<Integer> level(int bits) {
        return Levels.exactly(ssa, needed, bits);
    }

    /** The lines that the pairs compute. */
    public List<Integer> pairs() {
        return level(PAIR);
    }

    /** The lines that contract two slots, which the pairs find computed. */
    public List<Integer> contractions() {
        return needed.stream()
                .filter(line -> ssa.get(line) instanceof Instruction.Contract)
                .toList();
    }

    /**
     * Whether all contractions of a kernel are of queries with sources and so many components that
     * tiles of them pay.
     */
    public static boolean contracts(Kernel kernel) {
        return kernel.program().instructions().stream()
                .allMatch(
                        i ->
                                !(i instanceof Instruction.Contract c)
                                        || c.left().role() == Slot.Role.INPUT
                                                && c.right().role() == Slot.Role.PARAM
                                                && c.left().width() >= LEAST_WIDTH);
    }

    private List<Integer> readByPairs(int level) {
        var read = new LinkedHashSet<Integer>();
        for (int line : needed) {
            if (ssa.dependence(line) == PAIR && ssa.get(line) instanceof Instruction.Apply a) {
                a.operands().stream().filter(o -> ssa.dependence(o) == level).forEach(read::add);
            }
        }
        terms.stream().filter(t -> ssa.dependence(t) == level).forEach(read::add);
        return List.copyOf(read);
    }

    /** A value as factor · term, the factor constant for a target. */
    private record Factored(int factor, int term) {}

    private Factored factor(int line) {
        if ((ssa.dependence(line) & Levels.SOURCE) == 0) {
            return Segments.isCondition(ssa.get(line))
                    ? new Factored(ssa.constant(1), line)
                    : new Factored(line, ssa.constant(1));
        }
        if (ssa.get(line) instanceof Instruction.Apply a) {
            switch (a.op()) {
                case NEGATE -> {
                    Factored of = factor(a.operand(0));
                    return new Factored(negated(of.factor), of.term);
                }
                case ADD -> {
                    if (a.operand(0) == a.operand(1)) {
                        Factored of = factor(a.operand(0));
                        return new Factored(
                                ssa.apply(Op.MULTIPLY, of.factor, ssa.constant(2)), of.term);
                    }
                }
                case MULTIPLY -> {
                    Factored left = factor(a.operand(0));
                    Factored right = factor(a.operand(1));
                    return new Factored(
                            ssa.apply(Op.MULTIPLY, left.factor, right.factor),
                            ssa.apply(Op.MULTIPLY, left.term, right.term));
                }
                default -> {}
            }
        }
        return new Factored(ssa.constant(1), line);
    }

    private int negated(int factor) {
        return ssa.is(factor, 1) ? ssa.constant(-1) : ssa.apply(Op.NEGATE, factor);
    }
}
