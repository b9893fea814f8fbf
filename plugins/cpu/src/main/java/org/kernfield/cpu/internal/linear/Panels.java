package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.Budget;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Memory for packed operands and unfinished results, kept from product to product of one call and
 * counted against its budget.
 */
final class Panels<A> implements AutoCloseable {
    private final Numbers<A> numbers;
    private final Budget budget;
    private final Deque<A> blocks = new ArrayDeque<>();
    private A left;
    private A right;
    private int leftLength;
    private int rightLength;
    private long taken;

    Panels(Numbers<A> numbers, Budget budget) {
        this.numbers = numbers;
        this.budget = budget;
    }

    A left(int length) {
        if (length > leftLength) {
            left = null;
            left = grown(length, leftLength);
            leftLength = length;
        }
        return left;
    }

    A right(int length) {
        if (length > rightLength) {
            right = null;
            right = grown(length, rightLength);
            rightLength = length;
        }
        return right;
    }

    /** Of {@link Product#BLOCK} elements, for one thread until it is given back. */
    synchronized A borrow() {
        return blocks.isEmpty() ? grown(Product.BLOCK, 0) : blocks.pop();
    }

    synchronized void giveBack(A block) {
        blocks.push(block);
    }

    private A grown(int length, int before) {
        long bytes = (long) (length - before) * numbers.type().bytes();
        budget.take(bytes, "panels of a matrix product");
        taken += bytes;
        return numbers.allocate(length);
    }

    @Override
    public void close() {
        budget.release(taken);
        taken = 0;
        left = null;
        right = null;
        leftLength = 0;
        rightLength = 0;
        blocks.clear();
    }
}
