package org.kernfield.cpu.internal.linear;

/**
 * C ← C + α·A·B. Both factors are cut into strips as wide as a tile and copied so that the kernel
 * reads them in order. A block of C is summed in a buffer of its own, tile after tile, and added to
 * C at the end: rows of C far apart would cost the kernel a cache miss each.
 */
final class Product<A> {
    /** Elements of a buffer for a block of C. */
    static final int BLOCK = 16 * 1024;

    /** Depth of packed panels: a strip of each factor fits into the first-level cache. */
    private static final int DEPTH = 256;

    /** Rows, columns and depth packed at one time; they bound the memory. */
    private static final int SPAN = 4096;

    private static final int DEEP = 4 * DEPTH;

    /** Rows of the left factor that stay in the second-level cache while strips go by. */
    private static final int BLOCK_ROWS = 100;

    private final Numbers<A> numbers;
    private final Crew crew;
    private final Panels<A> panels;
    private final int height;
    private final int width;

    Product(Numbers<A> numbers, Crew crew, Panels<A> panels) {
        this.numbers = numbers;
        this.crew = crew;
        this.panels = panels;
        this.height = numbers.tileRows();
        this.width = numbers.tileColumns();
    }

    /** C ← C + α·A·B. */
    void add(double alpha, View<A> a, View<A> b, View<A> c) {
        if (c.columnStride() == 1) {
            add(alpha, a, b, c, false);
        } else {
            add(alpha, b.transposed(), a.transposed(), c.transposed(), false);
        }
    }

    /**
     * The lower triangle of C ← C + α·A·B, for square C.
     *
     * @param c row-major; its strict upper triangle is left alone
     */
    void addLower(double alpha, View<A> a, View<A> b, View<A> c) {
        add(alpha, a, b, c, true);
    }

    private void add(double alpha, View<A> a, View<A> b, View<A> c, boolean lower) {
        for (int j = 0; j < c.columns(); j += SPAN) {
            int across = Math.min(SPAN, c.columns() - j);
            for (int k = 0; k < a.columns(); k += DEEP) {
                int depth = Math.min(DEEP, a.columns() - k);
                A right = packed(b.block(k, j, depth, across).transposed(), false);
                for (int i = lower ? j : 0; i < c.rows(); i += SPAN) {
                    int down = Math.min(SPAN, c.rows() - i);
                    A left = packed(a.block(i, k, down, depth), true);
                    int reach = lower ? i - j : c.columns();
                    blocks(alpha, depth, left, right, c.block(i, j, down, across), reach);
                }
            }
        }
    }

    private static int padded(int length, int strip) {
        return (length + strip - 1) / strip * strip;
    }

    /** One panel of {@link #DEPTH} columns after the other. */
    private A packed(View<A> from, boolean isLeft) {
        int strip = isLeft ? height : width;
        int length = padded(from.rows(), strip);
        A into =
                isLeft
                        ? panels.left(length * from.columns())
                        : panels.right(length * from.columns());
        int part = strip * Math.max(1, 128 / strip);
        int parts = (from.rows() + part - 1) / part;
        int panelCount = (from.columns() + DEPTH - 1) / DEPTH;
        crew.forEach(
                parts * panelCount,
                (double) from.rows() * from.columns(),
                p -> {
                    int first = p % parts * part;
                    int k = p / parts * DEPTH;
                    int depth = Math.min(DEPTH, from.columns() - k);
                    numbers.pack(
                            from.block(0, k, from.rows(), depth),
                            strip,
                            first,
                            Math.min(first + part, from.rows()),
                            into,
                            k * length);
                });
        return into;
    }

    /**
     * @param reach of row i of C the columns up to i + reach are wanted
     */
    private void blocks(double alpha, int depth, A left, A right, View<A> c, int reach) {
        int high = height * Math.max(1, BLOCK_ROWS / height);
        int wide = BLOCK / high / width * width;
        int down = (c.rows() + high - 1) / high;
        int across = (c.columns() + wide - 1) / wide;
        crew.forEach(
                down * across,
                (double) c.rows() * c.columns() * depth,
                p -> {
                    int i = p / across * high;
                    int j = p % across * wide;
                    if (j < i + high + reach) {
                        View<A> part =
                                c.block(
                                        i,
                                        j,
                                        Math.min(high, c.rows() - i),
                                        Math.min(wide, c.columns() - j));
                        A sums = panels.borrow();
                        numbers.clear(
                                sums, padded(part.rows(), height) * padded(part.columns(), width));
                        sum(
                                depth,
                                left,
                                c.rows(),
                                i,
                                right,
                                c.columns(),
                                j,
                                part,
                                i - j + reach,
                                sums);
                        merge(alpha, sums, part, i - j + reach);
                        panels.giveBack(sums);
                    }
                });
    }

    private void sum(
            int depth,
            A left,
            int rows,
            int i,
            A right,
            int columns,
            int j,
            View<A> c,
            int reach,
            A sums) {
        int tile = height * width;
        int strips = (c.rows() + height - 1) / height;
        for (int k = 0; k < depth; k += DEPTH) {
            int deep = Math.min(DEPTH, depth - k);
            int l = k * padded(rows, height) + i * deep;
            int r = k * padded(columns, width) + j * deep;
            for (int x = 0; x < c.columns(); x += width) {
                for (int y = firstRow(x, reach); y < c.rows(); y += height) {
                    int at = (x / width * strips + y / height) * tile;
                    numbers.tile(deep, left, l + y * deep, right, r + x * deep, sums, at);
                }
            }
        }
    }

    /** The first strip of rows of which columns from {@code x} on are wanted. */
    private int firstRow(int x, int reach) {
        return Math.max(0, (x - reach) / height * height);
    }

    private void merge(double alpha, A sums, View<A> c, int reach) {
        int tile = height * width;
        int strips = (c.rows() + height - 1) / height;
        for (int y = 0; y < c.rows(); y += height) {
            int rows = Math.min(height, c.rows() - y);
            for (int x = 0; x < Math.min(c.columns(), y + rows + reach); x += width) {
                int columns = Math.min(width, c.columns() - x);
                int at = (x / width * strips + y / height) * tile;
                numbers.merge(alpha, sums, at, c.block(y, x, rows, columns), y - x + reach);
            }
        }
    }
}
