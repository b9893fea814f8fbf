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

    /** For each piece and input its number among the inputs of the whole, or ~ the passed value. */
    private final int[][] sources;

    /** What the planes of {@code in} hold. */
    final List<Instruction.Load> inputs = new ArrayList<>();

    ChainedMap(
            String name,
            Program program,
            UniformLayout uniforms,
            Precision precision,
            MapCompiler.Piece piece) {
        this.precision = precision;
        segments = new Segments(program);
        for (Segments.Piece part : segments.pieces) {
            var compiled =
                    piece.compile(name + " " + pieces.size(), part.program(), uniforms, precision);
            pieces.add(compiled);
            for (Instruction.Load load : compiled.inputs()) {
                if (!isPassed(load) && !inputs.contains(load)) {
                    inputs.add(load);
                }
            }
        }
        sources = new int[pieces.size()][];
        for (int p = 0; p < sources.length; p++) {
            sources[p] =
                    pieces.get(p).inputs().stream()
                            .mapToInt(l -> isPassed(l) ? ~l.component() : inputs.indexOf(l))
                            .toArray();
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
        var reads = new Planes[pieces.size()];
        var writes = new Planes[pieces.size()];
        for (int p = 0; p < reads.length; p++) {
            reads[p] = new Planes(sources[p].length);
            writes[p] = new Planes(segments.pieces.get(p).targets().size());
        }
        for (int start = from; start < to; start += block) {
            int end = Math.min(to, start + block);
            for (int p = 0; p < reads.length; p++) {
                bind(p, reads[p], writes[p], in, inOffset, passed, block, start);
                pieces.get(p)
                        .code()
                        .run(
                                reads[p].arrays(),
                                reads[p].offsets(),
                                uniforms,
                                writes[p].arrays(),
                                writes[p].offsets(),
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

    /** Points the planes of a piece at a block. */
    private void bind(
            int p,
            Planes reads,
            Planes writes,
            Object[] in,
            int[] inOffset,
            Object passed,
            int block,
            int start) {
        int[] from = sources[p];
        for (int k = 0; k < from.length; k++) {
            if (from[k] < 0) {
                reads.set(k, passed, ~from[k] * block - start);
            } else {
                reads.set(k, in[from[k]], inOffset[from[k]]);
            }
        }
        List<Integer> targets = segments.pieces.get(p).targets();
        for (int k = 0; k < writes.count(); k++) {
            writes.set(k, passed, targets.get(k) * block - start);
        }
    }
}
