package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.Segments;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Program;

import java.util.ArrayList;
import java.util.List;

/** A map too long for one method: its pieces one after the other over blocks that stay in cache. */
final class ChainedMap implements MapCode {
    /** Rows of a block. */
    private static final int BLOCK = 256;

    private final List<MapCompiler.Compiled> pieces = new ArrayList<>();
    private final Segments segments;
    private final Precision precision;

    /** What the planes of {@code in} hold. */
    final List<Instruction.Load> inputs = new ArrayList<>();

    ChainedMap(String name, Program program, UniformLayout uniforms, Precision precision) {
        this.precision = precision;
        segments = new Segments(program);
        for (Segments.Piece piece : segments.pieces) {
            var compiled =
                    MapCompiler.single(
                            name + " " + pieces.size(), piece.program(), uniforms, precision);
            pieces.add(compiled);
            for (Instruction.Load load : compiled.inputs()) {
                if (!isPassed(load) && !inputs.contains(load)) {
                    inputs.add(load);
                }
            }
        }
    }

    private static boolean isPassed(Instruction.Load load) {
        return load.slot().name().equals(Segments.PASSED);
    }

    @Override
    public void run(
            Object[] in,
            int[] inOffset,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int from,
            int to) {
        int block = Math.min(BLOCK, to - from);
        Object passed = Numbers.array(precision, segments.passed * block);
        for (int start = from; start < to; start += block) {
            int end = Math.min(to, start + block);
            for (int p = 0; p < pieces.size(); p++) {
                var piece = pieces.get(p);
                var reads = new Planes(piece.inputs().size());
                for (int k = 0; k < reads.count(); k++) {
                    var load = piece.inputs().get(k);
                    if (isPassed(load)) {
                        reads.set(k, passed, load.component() * block - start);
                    } else {
                        int input = inputs.indexOf(load);
                        reads.set(k, in[input], inOffset[input]);
                    }
                }
                List<Integer> targets = segments.pieces.get(p).targets();
                var writes = new Planes(targets.size());
                for (int k = 0; k < writes.count(); k++) {
                    writes.set(k, passed, targets.get(k) * block - start);
                }
                piece.code()
                        .run(
                                reads.arrays(),
                                reads.offsets(),
                                uniforms,
                                writes.arrays(),
                                writes.offsets(),
                                start,
                                end);
            }
            for (int k = 0; k < segments.results.size(); k++) {
                System.arraycopy(
                        passed,
                        segments.results.get(k) * block,
                        out[k],
                        outOffset[k] + start,
                        end - start);
            }
        }
    }
}
