package org.kernfield.io.internal.picture;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the rows of one PNG and undoes their filters (PNG specification, section 9). */
final class PngRows implements AutoCloseable {
    private final Inflater inflater = new Inflater();
    private final Iterator<ByteBuffer> data;
    private final int distance;
    private byte[] row = {};
    private byte[] previous = {};

    PngRows(List<ByteBuffer> data, int distance) {
        this.data = data.iterator();
        this.distance = distance;
    }

    /** Begins a picture, or a pass of one, with rows of {@code bytes}. */
    void begin(int bytes) {
        row = new byte[bytes];
        previous = new byte[bytes];
    }

    /**
     * The next row; valid until the next but one is read.
     *
     * @throws EOFException if the data end early
     */
    byte[] next() throws EOFException {
        byte[] kept = previous;
        previous = row;
        row = kept;
        var filter = new byte[1];
        inflate(filter);
        inflate(row);
        unfilter(filter[0]);
        return row;
    }

    private void inflate(byte[] target) throws EOFException {
        try {
            for (int at = 0; at < target.length; ) {
                int n = inflater.inflate(target, at, target.length - at);
                at += n;
                if (n == 0) {
                    if (inflater.finished() || inflater.needsDictionary() || !data.hasNext()) {
                        throw new EOFException();
                    }
                    if (inflater.needsInput()) {
                        inflater.setInput(data.next());
                    }
                }
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("its data cannot be decompressed", e);
        }
    }

    private void unfilter(int filter) {
        int n = row.length;
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int k = distance; k < n; k++) {
                    row[k] += row[k - distance];
                }
            }
            case 2 -> {
                for (int k = 0; k < n; k++) {
                    row[k] += previous[k];
                }
            }
            case 3 -> {
                for (int k = 0; k < n; k++) {
                    int left = k < distance ? 0 : row[k - distance] & 0xFF;
                    row[k] += (byte) ((left + (previous[k] & 0xFF)) >> 1);
                }
            }
            case 4 -> {
                for (int k = 0; k < Math.min(distance, n); k++) {
                    row[k] += previous[k];
                }
                for (int k = distance; k < n; k++) {
                    row[k] +=
                            (byte)
                                    paeth(
                                            row[k - distance] & 0xFF,
                                            previous[k] & 0xFF,
                                            previous[k - distance] & 0xFF);
                }
            }
            default -> throw new IllegalArgumentException("unknown filter " + filter);
        }
    }

    /** Whichever neighbour is nearest to left + above − upper left. */
    static int paeth(int left, int above, int corner) {
        int a = Math.abs(above - corner);
        int b = Math.abs(left - corner);
        int c = Math.abs(left + above - 2 * corner);
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
