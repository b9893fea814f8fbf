package org.kernfield.cpu.internal.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * A map done operation by operation over blocks of rows that stay in cache. It needs no compiling,
 * takes a few times as long as compiled code does, and gives the same bits.
 */
final class BlockMap implements MapCode {
    private static final int NONE = -1;

    /**
     * Operations as they run.
     *
     * @param places five blocks for each: four operands and the result
     */
    private record Steps(BlockOperation[] operations, int[] places) {
        void run(float[][] work) {
            for (int k = 0; k < operations.length; k++) {
                int at = 5 * k;
                operations[k].run(
                        work[places[at]],
                        work[places[at + 1]],
                        work[places[at + 2]],
                        work[places[at + 3]],
                        work[places[at + 4]]);
            }
        }
    }

    /** Blocks that are filled from outside, and the number of what fills each. */
    private record Filled(int[] blocks, int[] numbers) {
        static Filled of(Map<Integer, Integer> values, int[] blocks) {
            return new Filled(
                    values.keySet().stream().mapToInt(value -> blocks[value]).toArray(),
                    values.values().stream().mapToInt(number -> number).toArray());
        }
    }

    private final Filled uniforms;
    private final Filled inputs;
    private final Steps once;
    private final Steps rows;

    /** The block of each output. */
    private final int[] results;

    /** Blocks of constants, and null for the others. */
    private final Float[] constants;

    private final Queue<float[][]> spare = new ConcurrentLinkedQueue<>();

    /**
     * @param values those of the outputs
     */
    BlockMap(BlockRecorder recorded, int[] values) {
        var blocks = new int[recorded.values()];
        Arrays.fill(blocks, NONE);
        constants = new Float[place(recorded, values, blocks)];
        recorded.constants.forEach((value, number) -> constants[blocks[value]] = number);
        uniforms = Filled.of(recorded.uniforms, blocks);
        inputs = Filled.of(recorded.inputs, blocks);
        once = steps(recorded.once, blocks);
        rows = steps(recorded.rows, blocks);
        results = IntStream.of(values).map(value -> blocks[value]).toArray();
    }

    private static Steps steps(List<BlockRecorder.Step> steps, int[] blocks) {
        var places = new int[5 * steps.size()];
        for (int k = 0; k < steps.size(); k++) {
            for (int o = 0; o < 4; o++) {
                places[5 * k + o] = blocks[steps.get(k).operands()[o]];
            }
            places[5 * k + 4] = blocks[steps.get(k).value()];
        }
        var operations =
                steps.stream().map(BlockRecorder.Step::operation).toArray(BlockOperation[]::new);
        return new Steps(operations, places);
    }

    /**
     * What is the same for all rows keeps its block; the others share blocks one after another.
     *
     * @param results values that are needed to the end
     * @param blocks filled with the block of each value
     * @return how many blocks there are
     */
    private static int place(BlockRecorder recorded, int[] results, int[] blocks) {
        int next = 0;
        for (int value : recorded.constants.keySet()) {
            blocks[value] = next++;
        }
        for (int value : recorded.uniforms.keySet()) {
            blocks[value] = next++;
        }
        for (var step : recorded.once) {
            blocks[step.value()] = next++;
        }
        for (int value : recorded.inputs.keySet()) {
            blocks[value] = next++;
        }
        var lastUse = new int[recorded.values()];
        for (int k = 0; k < recorded.rows.size(); k++) {
            for (int operand : recorded.rows.get(k).operands()) {
                lastUse[operand] = k;
            }
        }
        for (int result : results) {
            lastUse[result] = Integer.MAX_VALUE;
        }
        List<Integer> free = new ArrayList<>();
        var isShared = new boolean[recorded.values()];
        for (int k = 0; k < recorded.rows.size(); k++) {
            var step = recorded.rows.get(k);
            for (int operand : step.operands()) {
                if (isShared[operand] && lastUse[operand] == k) {
                    isShared[operand] = false;
                    free.add(blocks[operand]);
                }
            }
            blocks[step.value()] = free.isEmpty() ? next++ : free.removeLast();
            isShared[step.value()] = true;
        }
        return next;
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
        float[][] work = spare.poll();
        if (work == null) {
            work = new float[constants.length][BlockOperation.BLOCK];
            for (int k = 0; k < work.length; k++) {
                if (constants[k] != null) {
                    Arrays.fill(work[k], constants[k]);
                }
            }
        }
        for (int k = 0; k < this.uniforms.blocks.length; k++) {
            Arrays.fill(
                    work[this.uniforms.blocks[k]], ((float[]) uniforms)[this.uniforms.numbers[k]]);
        }
        once.run(work);
        for (int start = from; start < to; start += BlockOperation.BLOCK) {
            int count = Math.min(BlockOperation.BLOCK, to - start);
            for (int k = 0; k < inputs.blocks.length; k++) {
                int n = inputs.numbers[k];
                System.arraycopy(in[n], inOffset[n] + start, work[inputs.blocks[k]], 0, count);
            }
            rows.run(work);
            for (int k = 0; k < results.length; k++) {
                System.arraycopy(work[results[k]], 0, out[k], outOffset[k] + start, count);
            }
        }
        spare.offer(work);
    }
}
