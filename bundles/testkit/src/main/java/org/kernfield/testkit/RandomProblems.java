package org.kernfield.testkit;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Random formulas: graphs of operations on slots and constants, a seed one problem. */
public final class RandomProblems {
    private static final double[] CONSTANTS = {-2, -0.5, 0.1, 0.75, 1, 3};

    private static final List<Reduction.Kind> OF_PAIRS =
            List.of(
                    Reduction.Kind.SUM,
                    Reduction.Kind.SUM_INTO_SOURCES,
                    Reduction.Kind.TOTAL,
                    Reduction.Kind.LOG_SUM_EXP,
                    Reduction.Kind.MAX,
                    Reduction.Kind.MATRIX);

    /** Width of the pair slot, and of the coordinates of a grid. */
    private static final int PAIR_WIDTH = 2;

    private final SplittableRandom random;
    private final List<Op> operations;
    private final List<Expr> values = new ArrayList<>();

    private RandomProblems(long seed, Set<Op> known) {
        random = new SplittableRandom(seed);
        operations = known.stream().sorted().toList();
    }

    /**
     * The problem of a seed.
     *
     * @param known operations that may occur
     */
    public static Problem of(long seed, Set<Op> known) {
        return new RandomProblems(seed, known).problem(seed);
    }

    /** A kernel of one operation on an input. */
    static Kernel only(Op op) {
        var one = new RandomProblems(0, Set.of(op));
        var k = Kernel.build(op.name());
        one.add(k.input("x", 4));
        k.output("y", one.apply(op));
        return k.done();
    }

    private Problem problem(long seed) {
        boolean pairs = random.nextInt(4) > 0;
        var kind =
                pairs
                        ? OF_PAIRS.get(random.nextInt(OF_PAIRS.size()))
                        : random.nextBoolean() ? Reduction.Kind.MAP : Reduction.Kind.TOTAL;
        Neighbourhood over = pairs ? neighbourhood(kind) : Neighbourhood.ALL;
        Kernel kernel = kernel("random" + seed, pairs, over);
        var sample =
                new SampleKernel(
                        kernel, (slot, component, draw) -> (float) draw.nextDouble(-2, 2), true);
        boolean raster = over instanceof Neighbourhood.Stencil || random.nextBoolean();
        Queries queries =
                raster
                        ? Problems.raster(random.nextInt(1, 20), random.nextInt(1, 6))
                        : new Queries.Rows(random.nextInt(1, 100));
        int sources =
                over instanceof Neighbourhood.Stencil
                        ? Math.toIntExact(queries.count())
                        : random.nextInt(1, 70);
        return sample.problem(kind, over, queries, sources);
    }

    private Neighbourhood neighbourhood(Reduction.Kind kind) {
        return switch (random.nextInt(kind == Reduction.Kind.MATRIX ? 3 : 6)) {
            case 0 -> Neighbourhood.LISTS;
            case 1, 2 -> Neighbourhood.ALL;
            case 3 -> new Neighbourhood.Grid("z", "e", random.nextInt(1, 9));
            default -> {
                var offsets = new LinkedHashSet<Neighbourhood.Offset>();
                for (int n = random.nextInt(1, 9); n > 0; n--) {
                    offsets.add(
                            new Neighbourhood.Offset(random.nextInt(-3, 4), random.nextInt(-2, 3)));
                }
                yield new Neighbourhood.Stencil("e", List.copyOf(offsets));
            }
        };
    }

    private Kernel kernel(String name, boolean pairs, Neighbourhood over) {
        var k = Kernel.build(name);
        add(k.input("x", 2).times(0.125));
        boolean grid = over instanceof Neighbourhood.Grid;
        add(k.input("z", grid ? PAIR_WIDTH : random.nextInt(1, 4)));
        add(k.uniform("c", 2));
        if (pairs) {
            add(k.param("p", random.nextInt(1, 4)));
        }
        if (pairs && (!over.filled().isEmpty() || random.nextBoolean())) {
            add(k.pair("e", PAIR_WIDTH));
        }
        for (double c : CONSTANTS) {
            values.add(Expr.of(c));
        }
        int length = random.nextInt(1, random.nextInt(2, 60));
        for (int n = 0; n < length; n++) {
            values.add(apply(operations.get(random.nextInt(operations.size()))));
        }
        outputs(k);
        return k.done();
    }

    private void add(Vec components) {
        components.forEach(values::add);
    }

    private void outputs(KernelBuilder k) {
        int outputs = random.nextInt(1, 4);
        for (int o = 0; o < outputs; o++) {
            var components = new Expr[random.nextInt(1, 4)];
            for (int c = 0; c < components.length; c++) {
                components[c] = operand();
            }
            k.output("y" + o, Vec.of(components));
        }
    }

    /** Recent values more often, so that graphs become deep. */
    private Expr operand() {
        int back = Math.min(random.nextInt(values.size()), random.nextInt(values.size()));
        return values.get(values.size() - 1 - back);
    }

    /** An operation on random operands, kept mostly where it is defined and of moderate size. */
    private Expr apply(Op op) {
        Expr a = operand();
        Expr b = operand();
        return switch (op) {
            case ADD -> a.plus(b);
            case SUBTRACT -> a.minus(b);
            case MULTIPLY -> a.times(b);
            case DIVIDE -> a.dividedBy(random.nextInt(8) == 0 ? b : b.square().plus(0.5));
            case NEGATE -> a.negate();
            case FMA -> a.fma(b, operand());
            case ABS -> a.abs();
            case MIN -> a.min(b);
            case MAX -> a.max(b);
            case FLOOR -> a.floor();
            case SQRT -> (random.nextInt(8) == 0 ? a : a.abs()).sqrt();
            case EXP -> a.min(Expr.of(4)).exp();
            case LOG -> (random.nextInt(8) == 0 ? a : a.abs().plus(0.25)).log();
            case SIN -> a.sin();
            case COS -> a.cos();
            case TANH -> a.tanh();
            case LESS -> a.lessThan(b).select(operand(), operand());
            case LESS_EQUAL -> a.atMost(b).select(operand(), operand());
            case SELECT -> a.lessThan(Expr.of(0)).select(b, operand());
            case EXPM1 -> a.min(Expr.of(4)).expm1();
            case LOG1P -> (random.nextInt(8) == 0 ? a : a.abs()).log1p();
            case POW -> a.abs().plus(0.25).min(Expr.of(8)).pow(b.clamp(-3, 3));
            case ACOS -> a.clamp(-1, 1).acos();
            case ATAN2 -> a.atan2(b);
            case ERF -> a.erf();
            case LGAMMA -> (random.nextInt(8) == 0 ? a : a.abs().plus(0.25)).lgamma();
            case DIGAMMA -> (random.nextInt(8) == 0 ? a : a.abs().plus(0.25)).digamma();
            case SIGMOID -> a.sigmoid();
            case SOFTPLUS -> a.softplus();
            // those by x and by the order come with derivatives only
            case LOG_BESSEL_I, LOG_BESSEL_I_BY_X, LOG_BESSEL_I_BY_ORDER ->
                    b.abs().plus(0.25).logBesselI(a.abs().min(Expr.of(20)));
            case LOG_BESSEL_K, LOG_BESSEL_K_BY_X, LOG_BESSEL_K_BY_ORDER ->
                    b.abs().plus(0.25).logBesselK(a.clamp(-20, 20));
            case RANDOM ->
                    Expr.random(
                            a.times(1000).floor(),
                            b.times(100).floor(),
                            Expr.of(random.nextInt(5)),
                            operand().floor());
        };
    }
}
