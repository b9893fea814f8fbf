package org.kernfield.shell.internal.plot;

import org.kernfield.shell.internal.plot.Shape.Anchor;

import java.util.ArrayList;
import java.util.List;

/**
 * The axes of a plot, with their numbers and names.
 *
 * @param x runs to the right
 * @param y runs up
 */
record Frame(Axis x, Axis y) {
    static final double LETTERS = 13;
    private static final double HEADING = 15;

    /** Pixels between the numbers of the axis to the right, at least. */
    private static final double APART = 70;

    private static final double APART_UP = 50;

    /** A faint line at each number of the axes. */
    List<Shape> grid() {
        var shapes = new ArrayList<Shape>();
        for (var tick : x.ticks(many(x, APART))) {
            double place = x.place(tick.value());
            shapes.add(line(place, y.from(), place, y.to(), Ink.FAINT));
        }
        for (var tick : y.ticks(many(y, APART_UP))) {
            double place = y.place(tick.value());
            shapes.add(line(x.from(), place, x.to(), place, Ink.FAINT));
        }
        return shapes;
    }

    /** The frame itself, its numbers and names. */
    List<Shape> axes(String xName, String yName, String title) {
        var shapes = new ArrayList<Shape>();
        for (var tick : x.ticks(many(x, APART))) {
            double place = x.place(tick.value());
            shapes.add(line(place, y.from(), place, y.from() + 5, Ink.DARK));
            shapes.add(Shape.Words.of(place, y.from() + 19, tick.text(), LETTERS, Anchor.MIDDLE));
        }
        for (var tick : y.ticks(many(y, APART_UP))) {
            double place = y.place(tick.value());
            shapes.add(line(x.from() - 5, place, x.from(), place, Ink.DARK));
            shapes.add(Shape.Words.of(x.from() - 8, place + 4.5, tick.text(), LETTERS, Anchor.END));
        }
        double[] corners = {
            x.from(), y.to(), x.from(), y.from(), x.to(), y.from(), x.to(), y.to(), x.from(), y.to()
        };
        shapes.add(new Shape.Line(corners, Ink.DARK, 1));
        double middle = (x.from() + x.to()) / 2;
        shapes.add(Shape.Words.of(middle, y.from() + 40, cut(xName), LETTERS + 1, Anchor.MIDDLE));
        shapes.add(
                new Shape.Words(
                        x.from() - 62,
                        (y.from() + y.to()) / 2,
                        cut(yName),
                        LETTERS + 1,
                        Anchor.MIDDLE,
                        false,
                        false));
        shapes.add(
                new Shape.Words(x.from(), y.to() - 14, title, HEADING, Anchor.START, true, true));
        return shapes;
    }

    private static int many(Axis axis, double apart) {
        return (int) Math.clamp(Math.abs(axis.to() - axis.from()) / apart, 2, 12);
    }

    static Shape line(double x1, double y1, double x2, double y2, Ink ink) {
        return new Shape.Line(new double[] {x1, y1, x2, y2}, ink, 1);
    }

    /** Names of columns may be of any length. */
    static String cut(String name) {
        return name.length() <= 48 ? name : name.substring(0, 47) + "…";
    }
}
