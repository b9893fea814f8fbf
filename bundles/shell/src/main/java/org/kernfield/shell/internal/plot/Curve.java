package org.kernfield.shell.internal.plot;

import org.kernfield.shell.internal.plot.Shape.Anchor;

import java.util.ArrayList;
import java.util.List;

/**
 * A function of one input, the band that should hold 95 % of its observations, and data.
 *
 * @param xName name of the input
 * @param yName name of the target
 * @param title what else is to be known
 * @param x n, rising
 * @param mean n
 * @param deviation n, standard deviations
 * @param dataX of data shown as points
 * @param dataY of data shown as points
 */
public record Curve(
        String xName,
        String yName,
        String title,
        double[] x,
        double[] mean,
        double[] deviation,
        double[] dataX,
        double[] dataY) {
    /** Half of a 95 % interval, in standard deviations. */
    private static final double HALF = 1.959964;

    private static final double LEFT = 84;
    private static final double RIGHT = 24;
    private static final double TOP = 44;
    private static final double BOTTOM = 84;

    /** The whole plot. */
    public Drawing drawing(int width, int height) {
        double[] low = edge(-HALF);
        double[] high = edge(HALF);
        double[] across = {x[0], x[x.length - 1]};
        double[] up = Axis.around(joined(low, high, dataY));
        var frame =
                new Frame(
                        new Axis(across[0], across[1], LEFT, width - RIGHT),
                        new Axis(up[0], up[1], height - BOTTOM, TOP));
        var shapes = new ArrayList<Shape>(frame.grid());
        shapes.add(new Shape.Area(band(frame, low, high), Ink.STRONG.faded(0.22)));
        Ink point = Ink.DARK.faded(dataX.length > 1000 ? 0.35 : 0.75);
        double radius = dataX.length > 1000 ? 1.6 : 2.8;
        for (int k = 0; k < dataX.length; k++) {
            if (!Double.isNaN(dataY[k]) && dataX[k] >= across[0] && dataX[k] <= across[1]) {
                shapes.add(
                        new Shape.Disc(
                                frame.x().place(dataX[k]),
                                frame.y().place(dataY[k]),
                                radius,
                                point,
                                Ink.WHITE.faded(0.6)));
            }
        }
        shapes.add(new Shape.Line(points(frame, mean), Ink.STRONG, 2));
        shapes.addAll(frame.axes(xName, yName, title));
        shapes.addAll(legend(LEFT, height - 16));
        return new Drawing(width, height, shapes);
    }

    private double[] edge(double deviations) {
        var edge = new double[x.length];
        for (int k = 0; k < edge.length; k++) {
            edge[k] = mean[k] + deviations * deviation[k];
        }
        return edge;
    }

    private static double[] joined(double[]... parts) {
        return java.util.Arrays.stream(parts).flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    private double[] points(Frame frame, double[] values) {
        var points = new double[2 * x.length];
        for (int k = 0; k < x.length; k++) {
            points[2 * k] = frame.x().place(x[k]);
            points[2 * k + 1] = frame.y().place(values[k]);
        }
        return points;
    }

    /** Along the lower edge and back along the upper one. */
    private double[] band(Frame frame, double[] low, double[] high) {
        double[] there = points(frame, low);
        double[] back = points(frame, high);
        var band = new double[2 * there.length];
        System.arraycopy(there, 0, band, 0, there.length);
        for (int k = 0; k < x.length; k++) {
            int from = back.length - 2 * (k + 1);
            System.arraycopy(back, from, band, there.length + 2 * k, 2);
        }
        return band;
    }

    private List<Shape> legend(double left, double foot) {
        var shapes = new ArrayList<Shape>();
        double middle = foot - 4.5;
        shapes.add(new Shape.Line(new double[] {left, middle, left + 24, middle}, Ink.STRONG, 2));
        shapes.add(Shape.Words.of(left + 30, foot, "mean", Frame.LETTERS, Anchor.START));
        shapes.add(Shape.Area.box(left + 84, middle - 6, 24, 12, Ink.STRONG.faded(0.22)));
        shapes.add(Shape.Words.of(left + 114, foot, "95 %", Frame.LETTERS, Anchor.START));
        if (dataX.length > 0) {
            shapes.add(new Shape.Disc(left + 172, middle, 3, Ink.DARK.faded(0.75), Ink.WHITE));
            shapes.add(Shape.Words.of(left + 182, foot, "data", Frame.LETTERS, Anchor.START));
        }
        return shapes;
    }
}
