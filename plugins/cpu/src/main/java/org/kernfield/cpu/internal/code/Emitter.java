package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Guards;
import org.kernfield.cpu.internal.plan.Segments;
import org.kernfield.cpu.internal.plan.Signs;
import org.kernfield.cpu.internal.plan.Ssa;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Op;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Writes lines of a program as vector code, a product that is only added into one fused operation.
 */
final class Emitter {
    private static final int NONE = -1;

    private final LaneCode v;
    private final Elementary elementary;
    private final Ssa ssa;
    private final Signs signs;
    private final Guards guards;
    private final int[] locals;
    private final int[] uses;
    private final boolean[] deferred;
    private final Set<Integer> tame;
    private int current;

    /**
     * @param needed all lines that any part of the method will use
     * @param results lines whose values leave the program, each through {@link #value} or {@link
     *     #accumulate}
     */
    Emitter(LaneCode v, Ssa ssa, List<Integer> needed, Collection<Integer> results) {
        this(v, ssa, needed, results, List.of());
    }

    /**
     * @param tame exponentials whose argument is known to lie in [−87, 1]
     */
    Emitter(
            LaneCode v,
            Ssa ssa,
            List<Integer> needed,
            Collection<Integer> results,
            Collection<Integer> tame) {
        this.tame = Set.copyOf(tame);
        this.v = v;
        this.elementary = Elementary.of(v);
        this.ssa = ssa;
        this.signs = new Signs(ssa);
        this.guards = new Guards(ssa, signs, needed, results);
        this.locals = new int[ssa.size()];
        this.uses = new int[ssa.size()];
        this.deferred = new boolean[ssa.size()];
        Arrays.fill(locals, NONE);
        for (int line : needed) {
            if (ssa.get(line) instanceof Instruction.Apply a) {
                a.operands().forEach(o -> uses[o]++);
            }
        }
        results.forEach(line -> uses[line]++);
        dropProductsOfBoundedExponentials(needed);
        for (int line : results) {
            deferred[line] |= uses[line] == 1 && isProduct(line);
        }
    }

    /** A bounded exponential of k·s is written from s, so the product itself may go. */
    private void dropProductsOfBoundedExponentials(List<Integer> needed) {
        for (int line : needed) {
            boolean isExponential =
                    ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.EXP;
            if (tame.contains(line) || isExponential && Elementary.isPowerOfTwo(argument(line).k)) {
                dropProductsOfTameExponential(line);
            } else if (guards.isBounded(line)) {
                int product = ((Instruction.Apply) ssa.get(line)).operand(0);
                deferred[product] = uses[product] == 1;
            }
        }
    }

    /** The factor in front of what {@code line}, an exponential known to be in range, is of. */
    private record Scaled(double k, int of) {}

    private Scaled argument(int exp) {
        int of = ((Instruction.Apply) ssa.get(exp)).operand(0);
        double k = 1;
        while (ssa.get(of) instanceof Instruction.Apply product
                && product.op() == Op.MULTIPLY
                && guards.constantOf(product) != NONE) {
            k *= ((Instruction.Constant) ssa.get(guards.constantOf(product))).value();
            of = guards.variableOf(product);
        }
        return new Scaled(k, of);
    }

    /** Products with constants that only a tame exponential reads need not be written. */
    private void dropProductsOfTameExponential(int line) {
        int end = argument(line).of;
        int product = ((Instruction.Apply) ssa.get(line)).operand(0);
        while (product != end && uses[product] == 1) {
            deferred[product] = true;
            product = guards.variableOf((Instruction.Apply) ssa.get(product));
        }
    }

    /** The local that holds {@code line}. */
    int local(int line) {
        if (locals[line] == NONE) {
            throw new IllegalStateException(
                    "line " + line + " " + ssa.get(line).text() + " is used before it is computed");
        }
        return locals[line];
    }

    /** The local that holds the result {@code line}. */
    int value(int line) {
        if (deferred[line] && locals[line] == NONE) {
            var product = (Instruction.Apply) ssa.get(line);
            locals[line] = v.multiply(local(product.operand(0)), local(product.operand(1)));
        }
        return local(line);
    }

    /**
     * {@code sum} + the result {@code line}, in one operation where it is a product. The sum is
     * never the first operand: a loop may carry it, and of a call on what a loop carries HotSpot
     * knows the class by its counts alone.
     */
    int accumulate(int line, int sum) {
        if (deferred[line] && locals[line] == NONE) {
            var product = (Instruction.Apply) ssa.get(line);
            return v.fma(local(product.operand(0)), local(product.operand(1)), sum);
        }
        return v.add(local(line), sum);
    }

    /** Declares that {@code local} holds the prepared value of {@code line}, a number. */
    void defineSource(int line, int local) {
        boolean isCondition = Segments.isCondition(ssa.get(line));
        define(line, isCondition ? v.less(v.constant(0.5), local) : local);
    }

    /** Declares that {@code local} holds {@code line}. */
    void define(int line, int local) {
        locals[line] = local;
    }

    /**
     * Writes {@code lines}, which belong to one loop level, in order.
     *
     * @param loads writes a load and gives its local
     */
    void emit(List<Integer> lines, ToIntFunction<Instruction.Load> loads) {
        var fused = fusedProducts(lines);
        for (int line : lines) {
            if (locals[line] != NONE || fused[line] || deferred[line]) {
                continue;
            }
            current = line;
            locals[line] =
                    switch (ssa.get(line)) {
                        case Instruction.Constant c -> v.constant(c.value());
                        case Instruction.Load l -> loads.applyAsInt(l);
                        case Instruction.Contract c -> throw c.unexpected();
                        case Instruction.Apply a -> apply(a, fused);
                    };
        }
    }

    /** Takes over what another emitter of the same program has computed. */
    void share(Emitter other, List<Integer> lines) {
        lines.forEach(line -> locals[line] = other.locals[line]);
    }

    /** What is computed up to here. */
    int[] known() {
        return locals.clone();
    }

    /** Goes back to what was computed then. */
    void recall(int[] known) {
        System.arraycopy(known, 0, locals, 0, locals.length);
    }

    /** Forgets values, so that a second copy of a loop body computes them again. */
    void forget(List<Integer> lines) {
        lines.forEach(line -> locals[line] = NONE);
    }

    private boolean[] fusedProducts(List<Integer> lines) {
        var here = new boolean[ssa.size()];
        lines.forEach(line -> here[line] = true);
        var fused = new boolean[ssa.size()];
        for (int line : lines) {
            if (ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.ADD) {
                for (int operand : a.operands()) {
                    if (isProduct(operand) && here[operand] && uses[operand] == 1) {
                        fused[operand] = true;
                        break;
                    }
                }
            }
        }
        return fused;
    }

    private int exp(Instruction.Apply a) {
        int operand = a.operand(0);
        Scaled argument = argument(current);
        boolean isPower = Elementary.isPowerOfTwo(argument.k);
        if (isPower && (tame.contains(current) || guards.isBounded(current))) {
            return elementary.negativePower(local(argument.of));
        }
        if (isPower) {
            return elementary.unboundedPower(local(argument.of), signs.isNonNegative(argument.of));
        }
        if (tame.contains(current)) {
            return elementary.shortExp(argument.k, local(argument.of));
        }
        if (guards.isBounded(current)) {
            var product = (Instruction.Apply) ssa.get(operand);
            double k = ((Instruction.Constant) ssa.get(guards.constantOf(product))).value();
            return elementary.boundedExp(k, local(guards.variableOf(product)));
        }
        return elementary.exp(local(operand), signs.isNonPositive(operand));
    }

    private boolean isProduct(int line) {
        return ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.MULTIPLY;
    }

    private int apply(Instruction.Apply a, boolean[] fused) {
        if (a.op() == Op.ADD) {
            for (int k = 0; k < 2; k++) {
                if (fused[a.operand(k)]) {
                    var product = (Instruction.Apply) ssa.get(a.operand(k));
                    return v.fma(
                            local(product.operand(0)),
                            local(product.operand(1)),
                            local(a.operand(1 - k)));
                }
            }
        }
        int x = a.op() == Op.EXP ? NONE : local(a.operand(0));
        int y = a.op().arity() > 1 ? local(a.operand(1)) : NONE;
        int z = a.op().arity() > 2 ? local(a.operand(2)) : NONE;
        return switch (a.op()) {
            case ADD -> v.add(x, y);
            case SUBTRACT -> v.subtract(x, y);
            case MULTIPLY -> v.multiply(x, y);
            case DIVIDE -> v.divide(x, y);
            case NEGATE -> v.negate(x);
            case FMA -> v.fma(x, y, z);
            case ABS -> v.abs(x);
            case MIN -> v.min(x, y);
            case MAX -> v.max(x, y);
            case FLOOR -> v.floor(x);
            case SQRT -> v.sqrt(x);
            case EXP -> exp(a);
            case LOG -> elementary.log(x);
            case SIN -> elementary.sin(x);
            case COS -> elementary.cos(x);
            case TANH -> elementary.tanh(x);
            case LESS -> v.less(x, y);
            case LESS_EQUAL -> v.atMost(x, y);
            case SELECT -> v.select(x, y, z);
            case LOG_BESSEL_I,
                    LOG_BESSEL_I_BY_X,
                    LOG_BESSEL_I_BY_ORDER,
                    LOG_BESSEL_K,
                    LOG_BESSEL_K_BY_X,
                    LOG_BESSEL_K_BY_ORDER ->
                    v.bessel(a.op(), x, y);
            case RANDOM -> v.random(x, y, z, local(a.operand(3)));
            default -> throw new IllegalStateException(a.op() + ": not among the lowered");
        };
    }
}
