package org.kernfield.shell.internal.plot;

/** Something drawn, in pixels from the top-left corner. */
sealed interface Shape {
    /** Which part of words stands at their place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /**
     * A chain of straight lines.
     *
     * @param points x, y of each
     */
    record Line(double[] points, Ink ink, double width) implements Shape {}

    /**
     * What a closed chain of lines surrounds.
     *
     * @param points x, y of each
     */
    record Area(double[] points, Ink ink) implements Shape {
        static Area box(double x, double y, double width, double height, Ink ink) {
            return new Area(
                    new double[] {x, y, x + width, y, x + width, y + height, x, y + height}, ink);
        }
    }

    /** A filled circle with an edge. */
    record Disc(double x, double y, double radius, Ink ink, Ink edge) implements Shape {}

    /**
     * A line of text.
     *
     * @param y of the letters' foot
     * @param size height of a line
     * @param isUpright whether it runs from left to right; else from bottom to top
     */
    record Words(
            double x,
            double y,
            String text,
            double size,
            Anchor anchor,
            boolean isUpright,
            boolean isBold)
            implements Shape {
        static Words of(double x, double y, String text, double size, Anchor anchor) {
            return new Words(x, y, text, size, anchor, true, false);
        }
    }
}
