package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.Array;

import java.util.ArrayList;
import java.util.List;

/** One call: its arguments as Java arrays, and what it computes with. */
final class Call<A> implements AutoCloseable {
    private final Numbers<A> numbers;
    private final Crew crew;
    private final Panels<A> panels;
    private final List<Runnable> stores = new ArrayList<>();
    private long copied;

    Call(Numbers<A> numbers, Crew crew) {
        this.numbers = numbers;
        this.crew = crew;
        this.panels = new Panels<>(numbers, crew.resources().budget());
    }

    Product<A> product() {
        return new Product<>(numbers, crew, panels);
    }

    Substitution<A> substitution() {
        return new Substitution<>(numbers, crew, product());
    }

    Cholesky<A> cholesky() {
        return new Cholesky<>(numbers, crew, panels);
    }

    Numbers<A> numbers() {
        return numbers;
    }

    Crew crew() {
        return crew;
    }

    /** The values, in place where they lie in a Java array of this type, otherwise copied. */
    View<A> read(Array array) {
        return view(array, false);
    }

    /** As {@link #read}; what is written there is in the array after {@link #store}. */
    View<A> write(Array array) {
        return view(array, true);
    }

    private View<A> view(Array array, boolean written) {
        int rows = Math.toIntExact(array.rows());
        int width = array.width();
        A own = array.type() == numbers.type() ? numbers.arrayOf(array.data()) : null;
        long start = own == null ? 0 : array.data().address();
        if (own != null && start % numbers.type().bytes() == 0) {
            int offset = Math.toIntExact(start / numbers.type().bytes());
            return View.rowMajor(own, offset, rows, width);
        }
        int length = elements(rows, width);
        A copy = scratch(length);
        boolean alike = array.type() == numbers.type();
        if (alike) {
            numbers.load(array.data(), copy, length);
        } else {
            for (int k = 0; k < length; k++) {
                numbers.set(copy, k, array.get(k));
            }
        }
        if (written && alike) {
            stores.add(() -> numbers.store(copy, array.data(), length));
        } else if (written) {
            stores.add(
                    () -> {
                        for (int k = 0; k < length; k++) {
                            array.set(k, numbers.get(copy, k));
                        }
                    });
        }
        return View.rowMajor(copy, 0, rows, width);
    }

    private static int elements(int rows, int width) {
        long elements = (long) rows * width;
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    rows
                            + " × "
                            + width
                            + " matrix: the cpu's linear algebra takes at most 2³¹ − 9 elements;"
                            + " cut it into blocks");
        }
        return (int) elements;
    }

    /** Zeros, counted until the call ends. */
    A scratch(int length) {
        long bytes = (long) length * numbers.type().bytes();
        crew.resources().budget().take(bytes, "matrix in linear algebra");
        copied += bytes;
        return numbers.allocate(length);
    }

    /** Zeros, {@code rows × columns}. */
    View<A> matrix(int rows, int columns) {
        return View.rowMajor(scratch(elements(rows, columns)), 0, rows, columns);
    }

    /** Puts results where they belong. */
    void store() {
        stores.forEach(Runnable::run);
    }

    @Override
    public void close() {
        panels.close();
        crew.resources().budget().release(copied);
    }
}
