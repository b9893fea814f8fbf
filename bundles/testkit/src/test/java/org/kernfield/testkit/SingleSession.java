package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;
import org.kernfield.testkit.SinglePairs.Pair;
import org.kernfield.testkit.SinglePrecision.Fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A session of {@link SinglePrecision}. */
class SingleSession implements Session {
    /** Runs before its fault begins. */
    private static final int WELL = 3;

    private final Resources resources;
    private final Fault fault;
    private final List<Buffer> buffers = new ArrayList<>();

    private Instruction[] code;
    private int[] results;
    private float[] lines;
    private float[] term;
    private int runs;
    private long late;
    private Reduction reduction;
    private Args args;

    SingleSession(Resources resources, Fault fault) {
        this.resources = resources;
        this.fault = fault;
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        long counted = counted(4 * rows * width);
        resources.budget().take(counted, "buffer");
        var values = new float[Math.toIntExact(rows * width)];
        var memory = new SingleBuffer(type, rows, width, values, () -> closed(counted));
        buffers.add(memory);
        return memory;
    }

    private long counted(long bytes) {
        return switch (fault) {
            case COUNTS_NOTHING -> 0;
            case COUNTS_HALF -> bytes / 2;
            default -> bytes;
        };
    }

    private void closed(long counted) {
        if (fault == Fault.GIVES_BACK_LATE) {
            late += counted;
        } else {
            resources.budget().release(counted);
        }
    }

    @Override
    public BufferOperations operations() {
        throw new UnsupportedOperationException("it only reduces");
    }

    @Override
    public void run(Reduction given, Args arguments, Map<String, Buffer> outputs) {
        ArgsCheck.check(given, arguments, outputs);
        reduction = given;
        args = arguments;
        misbehave();
        decode(given.kernel().lowered(EnumSet.allOf(Op.class), Set.of()));
        var sums = new LinkedHashMap<String, double[]>();
        for (Result result : given.results(arguments)) {
            sums.put(result.name(), new double[(int) (result.rows() * result.width())]);
        }
        if (given.kind().isComposite()) {
            new SingleComposite(this, given, arguments, fault).run(sums);
        } else {
            gather(sums);
        }
        sums.forEach(
                (name, values) -> {
                    float[] into = SingleBuffer.of(outputs.get(name));
                    for (int k = 0; k < into.length; k++) {
                        into[k] =
                                (fault == Fault.ADDS_TO_OUTPUTS ? into[k] : 0) + (float) values[k];
                        if (fault == Fault.TURNS_INTO_NAN && runs > WELL) {
                            into[k] = Float.NaN;
                        }
                    }
                });
    }

    private void misbehave() {
        runs++;
        if (fault == Fault.THROWS_LATER && runs > WELL) {
            throw new IllegalStateException("the device is gone");
        }
        while (fault == Fault.HANGS && runs > 0) {
            LockSupport.parkNanos(1_000_000_000);
        }
    }

    private void gather(Map<String, double[]> sums) {
        boolean isOfRows = reduction.kernel().slots(Slot.Role.PARAM).isEmpty();
        boolean isSum = reduction.kind() != Reduction.Kind.TOTAL;
        boolean alone = reduction.kind() == Reduction.Kind.MAP || isOfRows && !isSum;
        var pairs = new SinglePairs(reduction, args, fault);
        for (int i = 0; i < args.queries().count(); i++) {
            if (fault != Fault.IGNORES_CANCELLATION) {
                resources.cancel().check();
            }
            if (reduction.kind() == Reduction.Kind.LOG_SUM_EXP
                    || reduction.kind() == Reduction.Kind.MAX) {
                extremes(pairs, i, sums);
            } else if (alone) {
                add(new Pair(i, 0, 0), sums);
            } else {
                pairs.each(i, pair -> add(pair, sums));
            }
        }
    }

    private void add(Pair pair, Map<String, double[]> sums) {
        evaluate(pair);
        int row =
                switch (reduction.kind()) {
                    case TOTAL -> 0;
                    case SUM_INTO_SOURCES -> pair.source();
                    case MATRIX -> pair.row();
                    default -> pair.query();
                };
        int r = 0;
        for (Output output : reduction.kernel().outputs()) {
            double[] into = sums.get(output.name());
            for (int c = 0; c < output.width(); c++) {
                float t = term[r++];
                into[row * output.width() + c] +=
                        fault == Fault.LOSES_NAN && Float.isNaN(t) ? 0 : t;
            }
        }
    }

    /** Largest and log Σ exp of each component, in two passes. */
    private void extremes(SinglePairs pairs, int query, Map<String, double[]> sums) {
        int width = results.length;
        var largest = new float[width];
        var arg = new int[width];
        var sum = new double[width];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        Arrays.fill(arg, -1);
        pairs.each(
                query,
                pair -> {
                    evaluate(pair);
                    for (int r = 0; r < width; r++) {
                        int order = Float.compare(term[r] + 0f, largest[r] + 0f);
                        boolean earlier =
                                fault == Fault.LAST_OF_TIES
                                        ? pair.source() > arg[r]
                                        : pair.source() < arg[r];
                        if (order > 0 || order == 0 && arg[r] >= 0 && earlier) {
                            largest[r] = term[r];
                            arg[r] = pair.source();
                        }
                    }
                });
        pairs.each(
                query,
                pair -> {
                    evaluate(pair);
                    for (int r = 0; r < width; r++) {
                        boolean finite = !Float.isInfinite(largest[r]);
                        sum[r] += finite ? (float) Math.exp(term[r] - largest[r]) : 0;
                    }
                });
        int r = 0;
        for (Output output : reduction.kernel().outputs()) {
            for (int c = 0; c < output.width(); c++, r++) {
                int at = query * output.width() + c;
                if (reduction.kind() == Reduction.Kind.MAX) {
                    sums.get(output.name())[at] = largest[r];
                    sums.get(Reduction.ARG + output.name())[at] = arg[r];
                } else {
                    float log = (float) Math.log((float) sum[r]);
                    float coarse = fault == Fault.COARSE_MIXTURE ? 2e-5f : 0;
                    sums.get(output.name())[at] =
                            Float.isInfinite(largest[r]) ? largest[r] : largest[r] + log + coarse;
                }
            }
        }
    }

    private void decode(Kernel kernel) {
        code = kernel.program().instructions().toArray(Instruction[]::new);
        results = kernel.program().results().stream().mapToInt(Integer::intValue).toArray();
        lines = new float[code.length];
        term = new float[results.length];
    }

    /** All output components of a pair; valid until the next call. */
    float[] evaluate(Pair pair) {
        return evaluate(pair, Map.of());
    }

    /** As {@link #evaluate(Pair)} with pair slots filled. */
    float[] evaluate(Pair pair, Map<String, float[]> filled) {
        for (int line = 0; line < lines.length; line++) {
            lines[line] =
                    switch (code[line]) {
                        case Instruction.Constant c -> (float) c.value();
                        case Instruction.Load l -> load(l.slot(), l.component(), pair, filled);
                        case Instruction.Contract c -> throw c.unexpected();
                        case Instruction.Apply a -> apply(a);
                    };
        }
        for (int r = 0; r < results.length; r++) {
            term[r] = lines[results[r]];
        }
        return term;
    }

    private float apply(Instruction.Apply a) {
        int arity = a.op().arity();
        float x = lines[a.operand(0)];
        float y = arity > 1 ? lines[a.operand(1)] : 0;
        float z = arity > 2 ? lines[a.operand(2)] : 0;
        float value =
                switch (a.op()) {
                    case FMA -> Math.fma(x, y, z);
                    case RANDOM -> (float) Op.RANDOM.apply(x, y, z, lines[a.operand(3)]);
                    default -> (float) a.op().apply(x, y, z);
                };
        return a.op() == Op.EXP && fault == Fault.COARSE_EXP ? value * (1 + 3e-6f) : value;
    }

    private float load(Slot slot, int component, Pair pair, Map<String, float[]> filled) {
        if (filled.containsKey(slot.name())) {
            return filled.get(slot.name())[component];
        }
        if (reduction.filled().contains(slot.name())) {
            return pair.filled().length == 0 ? 0 : pair.filled()[component];
        }
        if (slot.role() == Slot.Role.UNIFORM) {
            float value = (float) args.uniforms().get(slot.name())[component];
            return fault == Fault.NEGATES_UNIFORMS ? -value : value;
        }
        if (args.queries() instanceof Queries.Raster r && r.slot().equals(slot.name())) {
            float half = fault == Fault.PIXEL_CORNERS ? 0 : 0.5f;
            return (component == 0 ? pair.query() % r.width() : pair.query() / r.width()) + half;
        }
        int row =
                switch (slot.role()) {
                    case INPUT -> pair.query();
                    case PARAM -> pair.source();
                    default -> pair.row();
                };
        return SingleBuffer.of(args.buffers().get(slot.name()))[row * slot.width() + component];
    }

    @Override
    public void close() {
        if (fault != Fault.LEAKS) {
            buffers.forEach(Buffer::close);
            resources.budget().release(late);
        }
    }
}
