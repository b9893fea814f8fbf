package org.kernfield.numerics;

import java.util.Arrays;

/**
 * The pixels of a picture in the order of Hilbert's curve, whose neighbours are neighbours.
 *
 * <p>Source: D. Hilbert, Über die stetige Abbildung einer Linie auf ein Flächenstück, Mathematische
 * Annalen 38 (1891).
 */
public final class Hilbert {
    private final int width;
    private final int height;
    private final int[] order;
    private int visited;

    private Hilbert(int width, int height) {
        this.width = width;
        this.height = height;
        order = new int[Math.multiplyExact(width, height)];
    }

    /**
     * Indices {@code y · width + x} of all pixels along the curve over the smallest enclosing
     * square of a power of two; what lies outside the picture is left out.
     */
    public static int[] order(int width, int height) {
        var curve = new Hilbert(width, height);
        int side = Integer.highestOneBit(Math.max(1, Math.max(width, height) * 2 - 1));
        curve.visit(0, 0, side, 0, 0, side);
        return Arrays.copyOf(curve.order, curve.visited);
    }

    /** The square at a corner (x, y) spanned by a and b, entered at the corner, left along a. */
    private void visit(int x, int y, int ax, int ay, int bx, int by) {
        int left = x + Math.min(0, ax + bx);
        int top = y + Math.min(0, ay + by);
        if (left >= width || top >= height) {
            return;
        }
        if (Math.abs(ax + ay) == 1) {
            order[visited++] = top * width + left;
            return;
        }
        int hax = ax / 2;
        int hay = ay / 2;
        int hbx = bx / 2;
        int hby = by / 2;
        visit(x, y, hbx, hby, hax, hay);
        visit(x + hbx, y + hby, hax, hay, hbx, hby);
        visit(x + hax + hbx, y + hay + hby, hax, hay, hbx, hby);
        visit(x + ax + hbx, y + ay + hby, -hbx, -hby, -hax, -hay);
    }
}
