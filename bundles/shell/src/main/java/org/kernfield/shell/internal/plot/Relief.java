package org.kernfield.shell.internal.plot;

import org.kernfield.shell.internal.picture.Ramp;
import org.kernfield.shell.internal.plot.Shape.Anchor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function of two inputs as colours, its mean on the left and its standard deviation on the
 * right, each with a scale, and where the data are.
 *
 * @param xName name of the input that runs to the right
 * @param yName name of the input that runs up
 * @param target name of what is shown
 * @param title what else is to be known
 * @param x columns, the middles of the cells, rising
 * @param y rows, the middles of the cells, rising
 * @param mean rows × columns
 * @param deviation rows × columns
 * @param dataX of data
 * @param dataY of data, as long
 * @param dataValues of data, as long; the colour of the points on the left
 */
public record Relief(
        String xName,
        String yName,
        String target,
        String title,
        double[] x,
        double[] y,
        double[] mean,
        double[] deviation,
        double[] dataX,
        double[] dataY,
        double[] dataValues) {
    private static final double LEFT = 84;
    private static final double TOP = 66;
    private static final double BOTTOM = 56;

    /** Right of a panel: gap, scale and its numbers. */
    private static final double SCALE = 92;

    private static final double GAP = 14;
    private static final double BAR = 16;

    /** The whole plot, two panels side by side. */
    public Drawing drawing(int width, int height) {
        var shapes = new ArrayList<Shape>();
        double half = width / 2.0;
        double[] values = java.util.Arrays.copyOf(mean, mean.length + dataValues.length);
        System.arraycopy(dataValues, 0, values, mean.length, dataValues.length);
        shapes.addAll(panel(0, half, height, mean, range(values), "mean of " + target, true));
        shapes.addAll(
                panel(half, half, height, deviation, range(deviation), "its deviation", false));
        shapes.add(new Shape.Words(LEFT, 24, title, Frame.LETTERS + 2, Anchor.START, true, true));
        return new Drawing(width, height, shapes);
    }

    private static double[] range(double[] values) {
        double low = java.util.Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double high = java.util.Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
        return high > low ? new double[] {low, high} : Axis.around(low);
    }

    private List<Shape> panel(
            double left,
            double width,
            double height,
            double[] values,
            double[] range,
            String title,
            boolean hasValues) {
        double stepX = step(x);
        double stepY = step(y);
        var frame =
                new Frame(
                        new Axis(
                                x[0] - stepX / 2,
                                x[x.length - 1] + stepX / 2,
                                left + LEFT,
                                left + width - SCALE),
                        new Axis(
                                y[0] - stepY / 2,
                                y[y.length - 1] + stepY / 2,
                                height - BOTTOM,
                                TOP));
        var shapes = new ArrayList<Shape>(cells(frame, values, range, stepX, stepY));
        for (int k = 0; k < dataX.length; k++) {
            if (!Double.isNaN(dataValues[k]) && isInside(frame, k)) {
                Ink ink = hasValues ? colour(dataValues[k], range) : Ink.WHITE;
                double radius = dataX.length > 500 ? 2 : 3.2;
                shapes.add(
                        new Shape.Disc(
                                frame.x().place(dataX[k]),
                                frame.y().place(dataY[k]),
                                hasValues ? radius : radius - 1,
                                ink,
                                hasValues ? Ink.WHITE.faded(0.9) : Ink.DARK.faded(0.6)));
            }
        }
        shapes.addAll(frame.axes(xName, yName, Frame.cut(title)));
        shapes.addAll(scale(frame, range));
        return shapes;
    }

    private static double step(double[] middles) {
        return (middles[middles.length - 1] - middles[0]) / Math.max(1, middles.length - 1);
    }

    private boolean isInside(Frame frame, int k) {
        return dataX[k] >= frame.x().low()
                && dataX[k] <= frame.x().high()
                && dataY[k] >= frame.y().low()
                && dataY[k] <= frame.y().high();
    }

    /** Edges lie on whole pixels, so that no paper shows between neighbours. */
    private List<Shape> cells(
            Frame frame, double[] values, double[] range, double stepX, double stepY) {
        return IntStream.range(0, values.length)
                .<Shape>mapToObj(
                        k -> {
                            long left = Math.round(frame.x().place(x[k % x.length] - stepX / 2));
                            long right = Math.round(frame.x().place(x[k % x.length] + stepX / 2));
                            long top = Math.round(frame.y().place(y[k / x.length] + stepY / 2));
                            long foot = Math.round(frame.y().place(y[k / x.length] - stepY / 2));
                            Ink ink = colour(values[k], range);
                            return Shape.Area.box(left, top, right - left, foot - top, ink);
                        })
                .toList();
    }

    private static List<Shape> scale(Frame frame, double[] range) {
        var shapes = new ArrayList<Shape>();
        double left = Math.round(frame.x().to() + GAP);
        var axis = new Axis(range[0], range[1], frame.y().from(), frame.y().to());
        int parts = 64;
        for (int k = 0; k < parts; k++) {
            double low = range[0] + (range[1] - range[0]) * k / parts;
            double high = range[0] + (range[1] - range[0]) * (k + 1) / parts;
            long top = Math.round(axis.place(high));
            long foot = Math.round(axis.place(low));
            Ink ink = colour((low + high) / 2, range);
            shapes.add(Shape.Area.box(left, top, BAR, foot - top, ink));
        }
        for (var tick : axis.ticks(6)) {
            double place = axis.place(tick.value());
            shapes.add(Frame.line(left + BAR, place, left + BAR + 4, place, Ink.DARK));
            shapes.add(
                    Shape.Words.of(
                            left + BAR + 7, place + 4.5, tick.text(), Frame.LETTERS, Anchor.START));
        }
        return shapes;
    }

    private static Ink colour(double value, double[] range) {
        var rgb = new float[3];
        Ramp.write((value - range[0]) / (range[1] - range[0]), rgb, 0);
        int packed = 0;
        for (float channel : rgb) {
            packed = packed << 8 | Math.round(channel * 255);
        }
        return new Ink(packed, 1);
    }
}
