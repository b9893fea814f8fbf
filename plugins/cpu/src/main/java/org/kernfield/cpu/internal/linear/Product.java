package org.kernfield.cpu.internal.linear;

/**
 * C ← C + α·A·B. Both factors are cut into strips as wide as a tile and copied so that the kernel
 * reads them in order. A block of C is summed in a buffer of its own, tile after tile, and added to
 * C at the end: rows of C far apart would cost the kernel a cache miss each.
 */
final class Product<A> {
    /** Elements of a buffer for a block of C. */
    static final int BLOCK = 16 * 1024;

    /** Columns of A up to which a product may overwrite one of its factors. */
    static final int AT_ONCE = 1024;

    /** Depth of packed panels: a strip of each factor fits into the first-level cache. */
    private static final int DEPTH = 256;

    /** Rows and columns packed at one time; they bound the memory. */
    private static final int SPAN = 4096;

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
        compute(alpha, a, b, c, Pattern.FULL);
    }

    /**
     * The lower triangle of C ← C + α·A·B, for square C.
     *
     * @param c row-major; its strict upper triangle is left alone
     */
    void addLower(double alpha, View<A> a, View<A> b, View<A> c) {
        compute(alpha, a, b, c, Pattern.LOWER);
    }

    /**
     * What a pattern leaves of C ← C + α·A·B.
     *
     * @param c row-major if only its lower triangle is wanted. It may be A or B where C is new, A
     *     has at most {@link #AT_ONCE} columns, and C no more of these than the factor that is lost
     */
    void compute(double alpha, View<A> a, View<A> b, View<A> c, Pattern pattern) {
        if (c.columnStride() != 1) {
            compute(alpha, b.transposed(), a.transposed(), c.transposed(), pattern.transposed());
            return;
        }
        for (int j = 0; j < c.columns(); j += SPAN) {
            int across = Math.min(SPAN, c.columns() - j);
            for (int k = 0; k < a.columns(); k += AT_ONCE) {
                int depth = Math.min(AT_ONCE, a.columns() - k);
                A right = packed(b.block(k, j, depth, across).transposed(), false);
                for (int i = pattern.isLower() ? j : 0; i < c.rows(); i += SPAN) {
                    int down = Math.min(SPAN, c.rows() - i);
                    A left = packed(a.block(i, k, down, depth), true);
                    var part =
                            new Part<>(
                                    c.block(i, j, down, across),
                                    depth,
                                    pattern.isLower() ? i - j : c.columns(),
                                    pattern.isLeftUpper() ? i - k : -SPAN - depth,
                                    pattern.isRightLower() ? j - k : -SPAN - depth,
                                    pattern.isNew() && k == 0);
                    blocks(alpha, left, right, part);
                }
            }
        }
    }

    /**
     * A part of C and what the packed factors give of it.
     *
     * @param c the part
     * @param depth columns of the left factor
     * @param reach of row i the columns up to i + reach are wanted
     * @param leftFrom row i of the left factor is zero before column i + leftFrom
     * @param rightFrom column j of the right factor is zero before row j + rightFrom
     * @param isNew whether what was there is to be lost
     */
    private record Part<A>(
            View<A> c, int depth, int reach, int leftFrom, int rightFrom, boolean isNew) {
        /** The block at (i, j). */
        Part<A> block(int i, int j, int high, int wide) {
            View<A> some =
                    c.block(i, j, Math.min(high, c.rows() - i), Math.min(wide, c.columns() - j));
            return new Part<>(some, depth, i - j + reach, i + leftFrom, j + rightFrom, isNew);
        }

        /** The first column of the left factor that counts for the tile at (i, j). */
        int from(int i, int j) {
            return Math.max(i + leftFrom, j + rightFrom);
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

    private void blocks(double alpha, A left, A right, Part<A> whole) {
        View<A> c = whole.c;
        int high = height * Math.max(1, BLOCK_ROWS / height);
        int wide = BLOCK / high / width * width;
        int down = (c.rows() + high - 1) / high;
        int across = (c.columns() + wide - 1) / wide;
        crew.forEach(
                down * across,
                (double) c.rows() * c.columns() * whole.depth,
                p -> {
                    int i = p / across * high;
                    int j = p % across * wide;
                    if (j < i + high + whole.reach) {
                        Part<A> part = whole.block(i, j, high, wide);
                        A sums = panels.borrow();
                        View<A> some = part.c;
                        numbers.clear(
                                sums, padded(some.rows(), height) * padded(some.columns(), width));
                        sum(left, c.rows(), i, right, c.columns(), j, part, sums);
                        if (part.isNew) {
                            numbers.scale(0, some, 0, some.rows());
                        }
                        merge(alpha, sums, some, part.reach);
                        panels.giveBack(sums);
                    }
                });
    }

    private void sum(A left, int rows, int i, A right, int columns, int j, Part<A> part, A sums) {
        View<A> c = part.c;
        int tile = height * width;
        int strips = (c.rows() + height - 1) / height;
        for (int k = 0; k < part.depth; k += DEPTH) {
            int deep = Math.min(DEPTH, part.depth - k);
            int l = k * padded(rows, height) + i * deep;
            int r = k * padded(columns, width) + j * deep;
            for (int x = 0; x < c.columns(); x += width) {
                for (int y = firstRow(x, part.reach); y < c.rows(); y += height) {
                    int skip = Math.max(0, part.from(y, x) - k);
                    if (skip < deep) {
                        numbers.tile(
                                deep - skip,
                                left,
                                l + y * deep + skip * height,
                                right,
                                r + x * deep + skip * width,
                                sums,
                                (x / width * strips + y / height) * tile);
                    }
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
