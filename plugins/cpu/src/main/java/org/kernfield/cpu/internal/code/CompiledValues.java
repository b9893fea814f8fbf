package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.OffsetWeights;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A kernel over pairs as a map, for schedules that need the value of each pair: over entries, where
 * every slot comes as planes, or over queries with the numbers of one source, or of one offset,
 * standing among the uniforms.
 */
public final class CompiledValues {
    /**
     * A map some of whose slots are read from the uniforms.
     *
     * @param map the code
     * @param held where the components of each of those slots begin, after the uniforms
     * @param length numbers in the array
     */
    public record Held(MapCompiler.Compiled map, Map<String, Integer> held, int length) {}

    public final Kernel kernel;
    public final UniformLayout uniforms;
    private final Supplier<MapCompiler.Compiled> entries;
    private final Supplier<Held> perSource;
    private final Supplier<Held> perOffset;
    private final OffsetWeights weights;

    CompiledValues(Kernel kernel, CompiledKernels kernels) {
        this.kernel = kernel;
        uniforms = new UniformLayout(kernel);
        String name = "pairs " + kernel.name();
        entries =
                new Once<>(
                        () ->
                                kernels.program(
                                        name, kernel.program(), uniforms, kernel.precision()));
        perSource = new Once<>(() -> hold(name, Slot.Role.PARAM, kernels));
        perOffset = new Once<>(() -> hold(name, Slot.Role.PAIR, kernels));
        weights = OffsetWeights.of(kernel);
    }

    /** Every slot but the uniforms comes as planes. */
    public MapCompiler.Compiled entries() {
        return entries.get();
    }

    /** The parameters of one source stand among the uniforms. */
    public Held perSource() {
        return perSource.get();
    }

    /** The pair slots stand among the uniforms. */
    public Held perOffset() {
        return perOffset.get();
    }

    /** The kernel as numbers times weights of offsets; null where it is not of that form. */
    public OffsetWeights weights() {
        return weights;
    }

    private Held hold(String name, Slot.Role role, CompiledKernels kernels) {
        var slots = new ArrayList<>(kernel.slots(Slot.Role.UNIFORM));
        var begin = new HashMap<String, Integer>();
        int next = uniforms.length();
        for (Slot slot : kernel.slots(role)) {
            slots.add(asUniform(slot));
            begin.put(slot.name(), next);
            next += slot.width();
        }
        List<Instruction> lines =
                kernel.program().instructions().stream().map(i -> hold(i, role)).toList();
        var program = new Program(lines, kernel.program().results());
        return new Held(
                kernels.program(name, program, new UniformLayout(slots), kernel.precision()),
                Map.copyOf(begin),
                next);
    }

    private static Instruction hold(Instruction instruction, Slot.Role role) {
        return instruction instanceof Instruction.Load l && l.slot().role() == role
                ? new Instruction.Load(asUniform(l.slot()), l.component())
                : instruction;
    }

    private static Slot asUniform(Slot slot) {
        return new Slot(slot.name(), Slot.Role.UNIFORM, slot.width());
    }
}
