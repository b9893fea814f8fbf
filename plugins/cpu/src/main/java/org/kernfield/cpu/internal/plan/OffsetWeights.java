package org.kernfield.cpu.internal.plan;

import org.kernfield.backend.Args;
import org.kernfield.backend.Neighbourhood.Offset;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A formula each output of which is one number of a pixel times a weight that depends on the offset
 * and on uniforms alone, so that its sum over a stencil is a convolution.
 *
 * @param numbers the number that each output component is linear in
 */
public record OffsetWeights(Kernel kernel, List<Instruction.Load> numbers) {
    /** In place of a line when nothing of a pixel enters. */
    private static final int FREE = -1;

    private static final int OTHER = -2;

    /** The weights of {@code kernel}, or null if it has another form. */
    public static OffsetWeights of(Kernel kernel) {
        Program program = kernel.program();
        var linear = new int[program.instructions().size()];
        for (int line = 0; line < linear.length; line++) {
            linear[line] = form(program.instructions().get(line), line, linear);
        }
        var numbers =
                program.results().stream()
                        .map(r -> linear[r])
                        .map(l -> l < 0 ? null : program.instructions().get(l))
                        .map(Instruction.Load.class::cast)
                        .toList();
        return numbers.contains(null) ? null : new OffsetWeights(kernel, numbers);
    }

    private static int form(Instruction instruction, int line, int[] linear) {
        return switch (instruction) {
            case Instruction.Constant c -> FREE;
            case Instruction.Load l -> isFree(l.slot()) ? FREE : line;
            case Instruction.Contract c -> isFree(c.left()) && isFree(c.right()) ? FREE : OTHER;
            case Instruction.Apply a -> form(a, linear);
        };
    }

    private static int form(Instruction.Apply a, int[] linear) {
        if (a.operands().stream().allMatch(o -> linear[o] == FREE)) {
            return FREE;
        }
        int first = linear[a.operand(0)];
        return switch (a.op()) {
            case NEGATE -> first;
            case MULTIPLY -> {
                int second = linear[a.operand(1)];
                yield first == FREE ? second : second == FREE ? first : OTHER;
            }
            case DIVIDE -> linear[a.operand(1)] == FREE ? first : OTHER;
            default -> OTHER;
        };
    }

    private static boolean isFree(Slot slot) {
        return slot.role() == Slot.Role.PAIR || slot.role() == Slot.Role.UNIFORM;
    }

    /**
     * Whether a reduction of that kind is a convolution: it sums, and all its numbers are those of
     * the other side, which the offset shifts, and no coordinates that a raster fills.
     */
    public boolean isConvolution(Reduction.Kind kind, Queries queries) {
        String filled = queries instanceof Queries.Raster raster ? raster.slot() : null;
        return switch (kind) {
            case SUM, TOTAL -> areAll(Slot.Role.PARAM, filled);
            case SUM_INTO_SOURCES -> areAll(Slot.Role.INPUT, filled);
            default -> false;
        };
    }

    private boolean areAll(Slot.Role role, String filled) {
        return numbers.stream()
                .map(Instruction.Load::slot)
                .allMatch(slot -> slot.role() == role && !slot.name().equals(filled));
    }

    /** The weights of each output component for each offset. */
    public double[][] values(Stencil stencil, Args args) {
        Map<String, double[]> slots = new HashMap<>(args.uniforms());
        for (Slot slot : kernel.slots()) {
            if (!isFree(slot)) {
                var ones = new double[slot.width()];
                Arrays.fill(ones, 1);
                slots.put(slot.name(), ones);
            }
        }
        var weights = new double[numbers.size()][stencil.offsets().size()];
        for (int t = 0; t < stencil.offsets().size(); t++) {
            Offset offset = stencil.offsets().get(t);
            if (stencil.offset() != null) {
                slots.put(stencil.offset(), new double[] {offset.dx(), offset.dy()});
            }
            double[] terms = kernel.program().evaluate(slots);
            for (int c = 0; c < terms.length; c++) {
                weights[c][t] = terms[c];
            }
        }
        return weights;
    }
}
