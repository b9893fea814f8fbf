package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes operations in place of writing bytecode. A value is a number; those that are the same for
 * all rows (constants, uniforms and what is made of them) come first.
 */
final class BlockRecorder extends LaneCode {
    /**
     * An operation.
     *
     * @param operands four values, repeated where it has fewer
     */
    record Step(BlockOperation operation, int[] operands, int value) {}

    /** Written before the rows. */
    final List<Step> once = new ArrayList<>();

    /** Written for each block of rows. */
    final List<Step> rows = new ArrayList<>();

    final Map<Integer, Float> constants = new HashMap<>();

    /** Place among the uniforms of each value that is one. */
    final Map<Integer, Integer> uniforms = new HashMap<>();

    /** Number of the input of each value that is one. */
    final Map<Integer, Integer> inputs = new HashMap<>();

    private final Map<Integer, Integer> known = new HashMap<>();
    private int values;
    private boolean isInRows;

    BlockRecorder() {
        super(null, Element.F32);
    }

    /** What follows is done for each block of rows. */
    void beginRows() {
        isInRows = true;
    }

    int values() {
        return values;
    }

    int uniform(int place) {
        uniforms.put(values, place);
        return values++;
    }

    int input(int number) {
        inputs.put(values, number);
        return values++;
    }

    private int note(BlockOperation operation, int a, int b, int c, int d) {
        (isInRows ? rows : once).add(new Step(operation, new int[] {a, b, c, d}, values));
        return values++;
    }

    private int note(BlockOperation operation, int a, int b) {
        return note(operation, a, b, a, a);
    }

    @Override
    int constant(double value) {
        float rounded = (float) value;
        return known.computeIfAbsent(
                Float.floatToRawIntBits(rounded),
                bits -> {
                    constants.put(values, rounded);
                    return values++;
                });
    }

    @Override
    int lanes() {
        return BlockOperation.BLOCK;
    }

    @Override
    int add(int a, int b) {
        return note(BlockOperation.ADD, a, b);
    }

    @Override
    int subtract(int a, int b) {
        return note(BlockOperation.SUBTRACT, a, b);
    }

    @Override
    int multiply(int a, int b) {
        return note(BlockOperation.MULTIPLY, a, b);
    }

    @Override
    int divide(int a, int b) {
        return note(BlockOperation.DIVIDE, a, b);
    }

    @Override
    int fma(int a, int b, int c) {
        return note(BlockOperation.FMA, a, b, c, a);
    }

    @Override
    int negate(int a) {
        return note(BlockOperation.NEGATE, a, a);
    }

    @Override
    int abs(int a) {
        return note(BlockOperation.ABS, a, a);
    }

    @Override
    int sqrt(int a) {
        return note(BlockOperation.SQRT, a, a);
    }

    @Override
    int min(int a, int b) {
        return note(BlockOperation.MIN, a, b);
    }

    @Override
    int max(int a, int b) {
        return note(BlockOperation.MAX, a, b);
    }

    @Override
    int less(int a, int b) {
        return note(BlockOperation.LESS, a, b);
    }

    @Override
    int atMost(int a, int b) {
        return note(BlockOperation.AT_MOST, a, b);
    }

    @Override
    int or(int a, int b) {
        return note(BlockOperation.OR, a, b);
    }

    @Override
    int select(int mask, int then, int otherwise) {
        return note(BlockOperation.SELECT, mask, then, otherwise, mask);
    }

    @Override
    int random(int seed, int step, int stream, int index) {
        return note(BlockOperation.RANDOM, seed, step, stream, index);
    }

    @Override
    int bessel(Op op, int order, int x) {
        return note(BlockOperation.bessel(op), order, x);
    }

    @Override
    int addShiftedBits(int value, int bits, int shift) {
        return note(BlockOperation.addShiftedBits(shift), value, bits);
    }

    @Override
    int shiftRightOr(int value, int shift, long or) {
        return note(BlockOperation.shiftRightOr(shift, (int) or), value, value);
    }

    @Override
    int maskBits(int value, long and, long or) {
        return note(BlockOperation.maskBits((int) and, (int) or), value, value);
    }

    @Override
    int atLeastZero(int value) {
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("no operation of a map over rows");
    }

    @Override
    int broadcast(int array, int offset, int index) {
        throw unexpected();
    }

    @Override
    int broadcastInt(int index) {
        throw unexpected();
    }

    @Override
    void unlessAll(int mask, Runnable body) {
        throw unexpected();
    }

    @Override
    int iota() {
        throw unexpected();
    }

    @Override
    int load(int array, int offset, int index) {
        throw unexpected();
    }

    @Override
    void store(int value, int array, int offset, int index) {
        throw unexpected();
    }

    @Override
    void store(int value, int array, int offset, int index, int mask) {
        throw unexpected();
    }

    @Override
    int variable(int value) {
        throw unexpected();
    }

    @Override
    void assign(int variable, int value) {
        throw unexpected();
    }

    @Override
    int inRange(int x, int limit) {
        throw unexpected();
    }
}
