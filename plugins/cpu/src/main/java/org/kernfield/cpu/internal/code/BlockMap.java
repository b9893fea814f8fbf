package org.kernfield.cpu.internal.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A map done operation by operation over blocks of rows that stay in cache. It needs no compiling,
 * takes a few times as long as compiled code does, and gives the same bits.
 */
final class BlockMap implements MapCode {
    private static final int NONE = -1;

    private final BlockRecorder recorded;
    private final int[] results;

    /** The block that holds each value. */
    private final int[] blocks;

    private final int blockCount;
    private final Queue<float[][]> spare = new ConcurrentLinkedQueue<>();

    /**
     * @param results values of the outputs
     */
    BlockMap(BlockRecorder recorded, int[] results) {
        this.recorded = recorded;
        this.results = results.clone();
        this.blocks = new int[recorded.values()];
        Arrays.fill(blocks, NONE);
        this.blockCount = place();
    }

    /** What is the same for all rows keeps its block; the others share blocks one after another. */
    private int place() {
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
            work = new float[blockCount][BlockOperation.BLOCK];
            for (Map.Entry<Integer, Float> constant : recorded.constants.entrySet()) {
                Arrays.fill(work[blocks[constant.getKey()]], constant.getValue());
            }
        }
        for (Map.Entry<Integer, Integer> uniform : recorded.uniforms.entrySet()) {
            Arrays.fill(work[blocks[uniform.getKey()]], ((float[]) uniforms)[uniform.getValue()]);
        }
        run(recorded.once, work);
        for (int start = from; start < to; start += BlockOperation.BLOCK) {
            int count = Math.min(BlockOperation.BLOCK, to - start);
            for (Map.Entry<Integer, Integer> input : recorded.inputs.entrySet()) {
                int k = input.getValue();
                System.arraycopy(
                        in[k], inOffset[k] + start, work[blocks[input.getKey()]], 0, count);
            }
            run(recorded.rows, work);
            for (int k = 0; k < results.length; k++) {
                System.arraycopy(work[blocks[results[k]]], 0, out[k], outOffset[k] + start, count);
            }
        }
        spare.offer(work);
    }

    private void run(List<BlockRecorder.Step> steps, float[][] work) {
        for (var step : steps) {
            int[] o = step.operands();
            step.operation()
                    .run(
                            work[blocks[o[0]]],
                            work[blocks[o[1]]],
                            work[blocks[o[2]]],
                            work[blocks[o[3]]],
                            work[blocks[step.value()]]);
        }
    }
}
