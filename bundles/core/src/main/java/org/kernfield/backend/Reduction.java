package org.kernfield.backend;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Symmetry;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is done with the values of a kernel F over queries i and sources j. Results are written over
 * what their buffers held; {@link #results} lists them.
 *
 * @param kind the reduction
 * @param kernel the formula
 * @param over which pairs are visited, for kinds over pairs
 * @param symmetric whether queries and sources are the same rows and F without its payload is
 *     symmetric, so that a backend may evaluate a pair once for both sides
 * @param compositing for the two kinds that composite, else null
 */
public record Reduction(
        Kind kind, Kernel kernel, Neighbourhood over, boolean symmetric, Compositing compositing) {
    /** The reductions a backend implements. Empty sums are 0, empty maxima −∞. */
    public enum Kind {
        /** y_i = F(x_i): one row a query; the kernel has no parameters. */
        MAP,
        /** y_i = Σ_j F(x_i, p_j): one row a query. */
        SUM,
        /** z_j = Σ_i F(x_i, p_j): one row a source; the transpose of {@link #SUM}. */
        SUM_INTO_SOURCES,
        /** t = Σ_i F(x_i), or Σ_ij F(x_i, p_j) if it has parameters: one row. */
        TOTAL,
        /** y_i = log Σ_j exp F(x_i, p_j), component by component: one row a query. */
        LOG_SUM_EXP,
        /**
         * y_i = max_j F(x_i, p_j), component by component, and the source that has it, the lowest
         * at a tie, as {@code arg_<output>}, −1 where the maximum is −∞. A NaN is above everything.
         */
        MAX,
        /**
         * Y_ij = F(x_i, p_j): over all pairs one row a query with the components of source 0, 1, …
         * one after the other; over lists one row an entry.
         */
        MATRIX,
        /** Front to back over a raster, see {@link Compositing}: one row a query. */
        COMPOSITE,
        /**
         * The derivative of {@link #COMPOSITE} by parameters, summed over the queries: one row a
         * source. Its kernel gives the outputs of the composite's and {@code d_<param>} from pair
         * slots {@code d_<output>} that the backend fills. Besides the composite's arguments it
         * reads by name, one row a query, the results of the composite and for each a cotangent
         * {@code d_<result>}.
         */
        COMPOSITE_INTO_SOURCES;

        /** Whether it is about one row a source. */
        public boolean isIntoSources() {
            return this == SUM_INTO_SOURCES || this == COMPOSITE_INTO_SOURCES;
        }

        /** Whether sources lie over each other. */
        public boolean isComposite() {
            return this == COMPOSITE || this == COMPOSITE_INTO_SOURCES;
        }
    }

    /** Prefix of the results with the numbers of sources that have a maximum. */
    public static final String ARG = "arg_";

    public Reduction {
        boolean hasSources = !kernel.slots(Slot.Role.PARAM).isEmpty();
        require(
                kind != Kind.MAP || !hasSources,
                kind,
                kernel,
                "it has parameters but no sources; use inputs");
        require(
                !(over instanceof Neighbourhood.Tiles) || kernel.support().isPresent(),
                kind,
                kernel,
                "over tiles, it has no support; add support(…)");
        require(
                kind.isComposite() == (compositing != null),
                kind,
                kernel,
                "compositing is for composites; use Reduction.composite");
        require(
                !kind.isComposite() || over == Neighbourhood.ALL || over == Neighbourhood.TILES,
                kind,
                kernel,
                "over " + over + "; use all or tiles");
        require(
                kind != Kind.MATRIX || over == Neighbourhood.ALL || over == Neighbourhood.LISTS,
                kind,
                kernel,
                "over " + over + "; use all or lists");
        checkPairSlots(kind, kernel, over, compositing);
        if (symmetric) {
            require(
                    kind == Kind.SUM && over == Neighbourhood.ALL,
                    kind,
                    kernel,
                    "symmetric is for sums over all pairs");
            Symmetry.check(kernel);
        }
    }

    public Reduction(Kind kind, Kernel kernel, Neighbourhood over) {
        this(kind, kernel, over, false, null);
    }

    private static void checkPairSlots(
            Kind kind, Kernel kernel, Neighbourhood over, Compositing compositing) {
        var filled = over.filled();
        for (Slot slot : kernel.slots(Slot.Role.PAIR)) {
            boolean isBound = over == Neighbourhood.ALL || over == Neighbourhood.LISTS;
            boolean isOfPairs = kind != Kind.MAP && !kind.isComposite();
            boolean isCotangent = kind == Kind.COMPOSITE_INTO_SOURCES;
            require(
                    filled.contains(slot.name()) || isCotangent || (isBound && isOfPairs),
                    kind,
                    kernel,
                    slot + " is nowhere filled; use all pairs or lists");
        }
        if (over instanceof Neighbourhood.Grid grid) {
            int d = kernel.slot(grid.slot()).width();
            require(d <= 4, kind, kernel, "grid over " + d + " coordinates; use 1 to 4");
            require(
                    kernel.slot(grid.corner()).width() == d,
                    kind,
                    kernel,
                    grid.corner() + " is not as wide as " + grid.slot() + "; make it " + d);
        }
        if (over instanceof Neighbourhood.Stencil stencil && stencil.offset() != null) {
            require(
                    kernel.slot(stencil.offset()).width() == 2,
                    kind,
                    kernel,
                    stencil.offset() + ": an offset is (dx, dy); make it 2 wide");
        }
        if (compositing != null) {
            Slot depth = kernel.slot(compositing.depth());
            boolean hasAlpha =
                    kernel.outputs().stream()
                            .anyMatch(o -> o.name().equals(compositing.alpha()) && o.width() == 1);
            require(
                    hasAlpha && depth.role() == Slot.Role.PARAM && depth.width() == 1,
                    kind,
                    kernel,
                    "needs an output '%s' and a parameter '%s', each 1 wide"
                            .formatted(compositing.alpha(), compositing.depth()));
            // the derivative reads results and slots by name
            kernel.slots()
                    .forEach(
                            slot ->
                                    require(
                                            kernel.outputs().stream()
                                                    .noneMatch(o -> o.name().equals(slot.name())),
                                            kind,
                                            kernel,
                                            slot + " is an output's name too; rename one"));
        }
    }

    private static void require(boolean holds, Kind kind, Kernel kernel, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(kind + " of " + kernel + ": " + sentence);
        }
    }

    public static Reduction map(Kernel kernel) {
        return new Reduction(Kind.MAP, kernel, Neighbourhood.ALL);
    }

    public static Reduction sum(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.SUM, kernel, over);
    }

    /**
     * A sum over all pairs of rows of one set, whose kernel without its payload does not change
     * when the two rows change places. Inputs and parameters, the payload apart, correspond in the
     * order of declaration and are bound to the same buffers.
     *
     * @throws org.kernfield.kernel.KernelException if the kernel is not symmetric
     */
    public static Reduction symmetricSum(Kernel kernel) {
        return new Reduction(Kind.SUM, kernel, Neighbourhood.ALL, true, null);
    }

    public static Reduction sumIntoSources(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.SUM_INTO_SOURCES, kernel, over);
    }

    /** The sum over all rows, or over all pairs if the kernel has parameters. */
    public static Reduction total(Kernel kernel) {
        return new Reduction(Kind.TOTAL, kernel, Neighbourhood.ALL);
    }

    public static Reduction logSumExp(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.LOG_SUM_EXP, kernel, over);
    }

    public static Reduction max(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.MAX, kernel, over);
    }

    public static Reduction matrix(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.MATRIX, kernel, over);
    }

    public static Reduction composite(Kernel kernel, Neighbourhood over, Compositing compositing) {
        return new Reduction(Kind.COMPOSITE, kernel, over, false, compositing);
    }

    /** The same reduction of another kernel. */
    public Reduction of(Kernel other) {
        return new Reduction(kind, other, over, symmetric, compositing);
    }

    /** What it writes for such arguments, in the order of the kernel's outputs. */
    public List<Result> results(Args args) {
        var type = ElementType.of(kernel.precision());
        long queries = args.queries().count();
        var results = new ArrayList<Result>();
        for (Output output : kernel.outputs()) {
            String name = output.name();
            int width = output.width();
            switch (kind) {
                case MAP, SUM, LOG_SUM_EXP -> results.add(new Result(name, type, queries, width));
                case SUM_INTO_SOURCES ->
                        results.add(new Result(name, type, args.sources(this), width));
                case TOTAL -> results.add(new Result(name, type, 1, width));
                case MAX -> {
                    results.add(new Result(name, type, queries, width));
                    results.add(new Result(ARG + name, ElementType.I32, queries, width));
                }
                case MATRIX ->
                        results.add(
                                over == Neighbourhood.LISTS
                                        ? new Result(name, type, args.lists().pairs(), width)
                                        : new Result(
                                                name,
                                                type,
                                                queries,
                                                matrixWidth(args.sources(this), width)));
                case COMPOSITE -> {
                    if (!name.equals(compositing.alpha())) {
                        results.add(new Result(name, type, queries, width));
                    }
                }
                case COMPOSITE_INTO_SOURCES -> {
                    if (isGradient(name)) {
                        results.add(new Result(name, type, args.sources(this), width));
                    }
                }
            }
        }
        if (kind == Kind.COMPOSITE) {
            results.add(new Result(Compositing.TRANSMITTANCE, type, queries, 1));
        }
        return results;
    }

    private int matrixWidth(long sources, int width) {
        long columns = sources * width;
        require(
                columns <= Integer.MAX_VALUE,
                kind,
                kernel,
                columns + " columns are beyond one matrix; use fewer sources or a sum");
        return (int) columns;
    }

    /** Whether an output of a {@link Kind#COMPOSITE_INTO_SOURCES} is a gradient of a parameter. */
    private boolean isGradient(String output) {
        return kernel.slots(Slot.Role.PARAM).stream()
                .anyMatch(s -> output.equals(cotangent(s.name())));
    }

    /** What is laid over each other: the outputs of a composite's kernel but α. */
    public List<Output> channels() {
        return kernel.outputs().stream()
                .filter(o -> !o.name().equals(compositing.alpha()) && !isGradient(o.name()))
                .toList();
    }

    /** Pair slots that are not bound to a buffer: the neighbourhood or the kind fills them. */
    public Set<String> filled() {
        var filled = new HashSet<>(over.filled());
        if (kind == Kind.COMPOSITE_INTO_SOURCES) {
            kernel.slots(Slot.Role.PAIR).forEach(s -> filled.add(s.name()));
        }
        return filled;
    }

    /** The slot or result that carries the derivative by {@code name}. */
    public static String cotangent(String name) {
        return "d_" + name;
    }

    /**
     * The reductions that carry a cotangent of this one's results back to its slots. Each reads the
     * arguments of this reduction and gives {@code d_<slot>}; besides it reads
     *
     * <ul>
     *   <li>the cotangent {@code d_<output>} of each output: a buffer of the result's shape, but a
     *       uniform for a {@link Kind#TOTAL};
     *   <li>for {@link Kind#LOG_SUM_EXP} and {@link Kind#COMPOSITE} also the results, under their
     *       names;
     *   <li>for {@link Kind#MAX}, whose kernel then has one output component, lists made of its
     *       {@code arg_<output>} by {@link NeighbourLists#uniform}.
     * </ul>
     *
     * <p>The order in which a composite lays its sources counts as constant.
     *
     * @param wrt names of slots
     * @throws UnsupportedOperationException where no reduction gives the derivative, naming it
     * @throws org.kernfield.kernel.KernelException for an unknown slot
     */
    public List<Reduction> vjp(Set<String> wrt) {
        wrt.forEach(kernel::slot);
        return switch (kind) {
            case MAP, SUM -> carried(kernel, over, wrt, Slot.Role.INPUT);
            case SUM_INTO_SOURCES -> carried(kernel, over, wrt, Slot.Role.PARAM);
            case TOTAL -> carried(kernel, over, wrt, Slot.Role.UNIFORM);
            case MATRIX -> carried(kernel, over, wrt, Slot.Role.PAIR);
            case LOG_SUM_EXP -> carried(shares(), over, wrt, Slot.Role.INPUT);
            case MAX -> {
                refuse(kernel.outputWidth() != 1, wrt, "keep one output component");
                boolean hasPairs = !kernel.slots(Slot.Role.PAIR).isEmpty();
                refuse(hasPairs, wrt, "numbers of a pair do not follow it; use parameters");
                yield carried(kernel, Neighbourhood.LISTS, wrt, Slot.Role.INPUT);
            }
            case COMPOSITE -> composited(wrt);
            case COMPOSITE_INTO_SOURCES -> {
                refuse(true, wrt, "a composite is differentiated once");
                yield List.of();
            }
        };
    }

    /** Derivatives by queries, sources, uniforms and pairs, each summed over the others. */
    private List<Reduction> carried(
            Kernel of, Neighbourhood where, Set<String> wrt, Slot.Role cotangents) {
        var byRole = new EnumMap<Slot.Role, Set<String>>(Slot.Role.class);
        for (String name : new TreeSet<>(wrt)) {
            byRole.computeIfAbsent(of.slot(name).role(), r -> new HashSet<>()).add(name);
        }
        boolean hasSources = kind != Kind.MAP && !of.slots(Slot.Role.PARAM).isEmpty();
        var reductions = new ArrayList<Reduction>();
        for (var entry : byRole.entrySet()) {
            Kernel gradient = of.vjp(entry.getValue(), cotangents);
            Kind summed =
                    switch (entry.getKey()) {
                        case INPUT -> hasSources ? Kind.SUM : Kind.MAP;
                        case PARAM -> Kind.SUM_INTO_SOURCES;
                        case UNIFORM -> Kind.TOTAL;
                        case PAIR -> {
                            refuse(
                                    entry.getValue().stream().anyMatch(filled()::contains),
                                    wrt,
                                    "the neighbourhood fills it, nothing depends on it");
                            yield Kind.MATRIX;
                        }
                    };
            reductions.add(new Reduction(summed, gradient, where));
        }
        return reductions;
    }

    /** exp(F − y): with y held fixed its derivative is the one of log Σ exp F. */
    private Kernel shares() {
        var k = Kernel.build("softmax of " + kernel.name()).precision(kernel.precision());
        kernel.slots().forEach(k::declare);
        for (Output output : kernel.outputs()) {
            Vec result = k.input(output.name(), output.width());
            var shares = new ArrayList<Expr>();
            for (int c = 0; c < output.width(); c++) {
                Expr y = result.get(c);
                // −∞ where nothing was summed: no share, rather than −∞ + ∞
                shares.add(
                        y.atMost(Expr.of(Double.NEGATIVE_INFINITY))
                                .select(Expr.of(0), output.value().get(c).minus(y).exp()));
            }
            k.output(output.name(), Vec.of(shares));
        }
        kernel.support().ifPresent(s -> k.support(s.slot(), s.low(), s.high()));
        return k.done();
    }

    private List<Reduction> composited(Set<String> wrt) {
        refuse(
                wrt.stream().anyMatch(n -> kernel.slot(n).role() != Slot.Role.PARAM),
                wrt,
                "a composite has derivatives by parameters only");
        return List.of(
                new Reduction(
                        Kind.COMPOSITE_INTO_SOURCES,
                        kernel.valueAndVjp(wrt, Slot.Role.PAIR),
                        over,
                        false,
                        compositing));
    }

    private void refuse(boolean holds, Set<String> wrt, String sentence) {
        if (holds) {
            throw new UnsupportedOperationException(
                    "derivative of " + kind + " of " + kernel + " by " + wrt + ": " + sentence);
        }
    }

    /** Key of compiled code: two reductions with one key compute the same. */
    public String key() {
        return kind + ":" + over + ":" + symmetric + ":" + compositing + ":" + kernel.fingerprint();
    }
}
