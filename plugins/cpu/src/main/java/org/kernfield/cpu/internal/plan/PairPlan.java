package org.kernfield.cpu.internal.plan;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A kernel over pairs, taken apart by loop: what depends on the source alone is prepared before the
 * pairs by a map over sources; what depends on a row alone moves out of the row; when summing into
 * sources, factors constant along a row or for a source are applied after the sum, the last ones by
 * a finishing map over sources. Where pixels are taken in columns, a row here is one of those.
 */
public final class PairPlan {
    /** Loads of the sums along a row, one component a row term. */
    static final String ROW_SUMS = "_row_sums";

    /** Loads of the sums of a source, one component a source term. */
    public static final String SOURCE_SUMS = "_source_sums";

    public final Ssa ssa;

    /** The slot of pixel coordinates; null where queries are plain rows. */
    public final String raster;

    /** All output components. */
    final List<Integer> outputs;

    /** Output components when gathering; empty when summing into sources. */
    public final List<Integer> results;

    /** Summed along each row, in order; empty when gathering. */
    public final List<Integer> rowTerms = new ArrayList<>();

    /** Summed over the rows, in order; empty when gathering. */
    public final List<Integer> sourceTerms = new ArrayList<>();

    /** Every line that the pair loop needs. */
    public final List<Integer> needed;

    /** Lines that depend on the source alone and are read by the pair loop, in order. */
    public final List<Integer> sourceValues;

    /** Loads of queries other than raster coordinates, in order. */
    public final List<Instruction.Load> inputs = new ArrayList<>();

    /** Lines that depend on the row and not on the column, read by lines that do or by others. */
    public final List<Integer> rowValues;

    /** Computes those {@link #sourceValues} that are not plain parameters; may have no result. */
    public final Program prepare;

    /** Output components from parameters and {@link #SOURCE_SUMS}; null when gathering. */
    public final Program finish;

    /** Lines that depend on the raster's column and on nothing else that a query has. */
    public final List<Integer> ofColumn;

    /**
     * @param along which coordinate of the raster is the same all along a row
     * @param gathered which components of the outputs go to the queries; null for all, the others
     *     are summed into the sources
     */
    private PairPlan(
            Kernel kernel, String raster, int along, Set<Integer> gathered, boolean isPlain) {
        this.raster = raster;
        var whole = new Ssa(kernel.program(), l -> dependence(l, raster, along));
        var to = new Ssa(new Program(List.of(), List.of()), l -> dependence(l, raster, along));
        var scaled =
                new ScaledExponents(
                        whole,
                        kernel.program().results(),
                        line -> (whole.dependence(line) & ~Levels.SOURCE) == 0,
                        false,
                        to);
        boolean isScaled = !isPlain && !scaled.isEmpty();
        ssa = isScaled ? to : whole;
        outputs = isScaled ? scaled.results : kernel.program().results();
        if (gathered != null) {
            var here = IntStream.range(0, outputs.size()).boxed();
            var split = here.collect(Collectors.partitioningBy(gathered::contains));
            finish = factor(split.get(false).stream().map(outputs::get).toList(), isPlain);
            results = split.get(true).stream().map(outputs::get).toList();
        } else {
            finish = null;
            results = outputs;
        }
        var roots = new LinkedHashSet<>(results);
        roots.addAll(rowTerms);
        roots.addAll(sourceTerms);
        needed = ssa.needed(List.copyOf(roots));
        sourceValues = isPlain ? parameters() : sourceValues(roots);
        for (int line : needed) {
            if (ssa.get(line) instanceof Instruction.Load l
                    && l.slot().role() == Slot.Role.INPUT
                    && !l.slot().name().equals(raster)
                    && !l.slot().name().equals(ROW_SUMS)) {
                inputs.add(l);
            }
        }
        ofColumn = ofColumn();
        rowValues = rowValues(roots);
        prepare =
                ssa.extract(
                        sourceValues.stream()
                                .filter(line -> !(ssa.get(line) instanceof Instruction.Load))
                                .map(ssa::asNumber)
                                .toList());
    }

    /** A plan that adds each pair's value to its query. */
    public static PairPlan gather(Kernel kernel, String raster) {
        return new PairPlan(kernel, raster, 1, null, false);
    }

    /** The same along columns of pixels. */
    static PairPlan gatherByColumns(Kernel kernel, String raster) {
        return new PairPlan(kernel, raster, 0, null, false);
    }

    /** A plan that adds each pair's value to its source. */
    public static PairPlan intoSources(Kernel kernel, String raster) {
        return new PairPlan(kernel, raster, 1, Set.of(), false);
    }

    /**
     * A plan along columns of pixels that adds some components of each pair's value to its source,
     * while the others stay with the query.
     *
     * @param gathered numbers of the components that stay with the query
     * @param isPlain whether nothing is taken apart, as by {@link #plain}
     */
    static PairPlan divided(Kernel kernel, String raster, Set<Integer> gathered, boolean isPlain) {
        return new PairPlan(kernel, raster, 0, gathered, isPlain);
    }

    /** A plan that takes nothing apart: source values are the parameters, terms the outputs. */
    public static PairPlan plain(Kernel kernel, String raster, boolean intoSources) {
        return new PairPlan(kernel, raster, 1, intoSources ? Set.of() : null, true);
    }

    /** What one pair costs in vector operations. */
    public int cost() {
        return Costs.of(ssa, needed);
    }

    private List<Integer> ofColumn() {
        var reads = new HashSet<Integer>();
        var lines = new ArrayList<Integer>();
        for (int line : needed) {
            boolean isRead =
                    switch (ssa.get(line)) {
                        case Instruction.Load l -> inputs.contains(l);
                        case Instruction.Apply a -> a.operands().stream().anyMatch(reads::contains);
                        default -> false;
                    };
            if (isRead) {
                reads.add(line);
            } else if ((ssa.dependence(line) & ~Levels.SOURCE) == Levels.QUERY) {
                lines.add(line);
            }
        }
        return lines;
    }

    private List<Integer> rowValues(Set<Integer> roots) {
        var read = new LinkedHashSet<Integer>();
        for (int line : needed) {
            if (!isOfRow(line) && ssa.get(line) instanceof Instruction.Apply a) {
                a.operands().stream().filter(this::isOfRow).forEach(read::add);
            }
        }
        roots.stream().filter(this::isOfRow).forEach(read::add);
        return List.copyOf(read);
    }

    private boolean isOfRow(int line) {
        int dependence = ssa.dependence(line);
        return (dependence & Levels.ROW) != 0
                && (dependence & (Levels.QUERY | Levels.AFTER_ROW)) == 0;
    }

    private List<Integer> parameters() {
        return needed.stream()
                .filter(
                        line ->
                                ssa.get(line) instanceof Instruction.Load l
                                        && l.slot().role() == Slot.Role.PARAM)
                .toList();
    }

    private static int dependence(Instruction.Load load, String raster, int along) {
        Slot slot = load.slot();
        return switch (slot.role()) {
            case PAIR -> Levels.SOURCE | Levels.QUERY;
            case UNIFORM -> 0;
            case PARAM -> Levels.SOURCE;
            case INPUT ->
                    switch (slot.name()) {
                        case ROW_SUMS -> Levels.AFTER_ROW;
                        case SOURCE_SUMS -> Levels.SOURCE;
                        default ->
                                slot.name().equals(raster) && load.component() == along
                                        ? Levels.ROW
                                        : Levels.QUERY;
                    };
        };
    }

    private List<Integer> sourceValues(LinkedHashSet<Integer> roots) {
        var read = new LinkedHashSet<Integer>();
        for (int line : needed) {
            if (ssa.dependence(line) != Levels.SOURCE) {
                if (ssa.get(line) instanceof Instruction.Apply a) {
                    a.operands().stream()
                            .filter(o -> ssa.dependence(o) == Levels.SOURCE)
                            .forEach(read::add);
                }
            } else if (roots.contains(line)) {
                read.add(line);
            }
        }
        return List.copyOf(read);
    }

    /** Fills the row and source terms and gives the finishing program. */
    private Program factor(List<Integer> outputs, boolean isPlain) {
        var alongRow = new LinearTerms(ssa, line -> (ssa.dependence(line) & Levels.QUERY) == 0);
        var overRows = new LinearTerms(ssa, line -> (ssa.dependence(line) & ~Levels.SOURCE) == 0);
        var rowSums = new LinkedHashMap<Integer, Integer>();
        var sourceSums = new LinkedHashMap<Integer, Integer>();
        var finished = new ArrayList<Integer>();
        for (int output : outputs) {
            if (isPlain) {
                // one term an output, even where two outputs are the same line
                int k = rowTerms.size();
                rowTerms.add(output);
                sourceTerms.add(load(ROW_SUMS, k));
                finished.add(load(SOURCE_SUMS, k));
                continue;
            }
            int row = combine(alongRow.of(output), rowSums, ROW_SUMS);
            finished.add(combine(overRows.of(row), sourceSums, SOURCE_SUMS));
        }
        rowTerms.addAll(rowSums.keySet());
        sourceTerms.addAll(sourceSums.keySet());
        return ssa.extract(finished);
    }

    /** Σ coefficient · (sum of the term), numbering new terms. */
    private int combine(Map<Integer, Integer> terms, Map<Integer, Integer> sums, String slot) {
        int value = ssa.constant(0);
        for (var term : terms.entrySet()) {
            if (ssa.is(term.getKey(), 0)) {
                continue;
            }
            int k = sums.computeIfAbsent(term.getKey(), t -> sums.size());
            int sum = load(slot, k);
            value = ssa.apply(Op.ADD, value, ssa.apply(Op.MULTIPLY, term.getValue(), sum));
        }
        return value;
    }

    private int load(String slot, int component) {
        return ssa.line(
                new Instruction.Load(
                        new Slot(slot, Slot.Role.INPUT, Integer.MAX_VALUE), component));
    }
}
