package org.kernfield.shell.internal.plot;

import org.kernfield.field.Image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** Paints drawings into pictures, smoothly, with Java's own drawing and the machine's fonts. */
public final class Raster {
    private final Graphics2D pen;

    private Raster(Graphics2D pen) {
        this.pen = pen;
    }

    /**
     * A picture of the drawing's size.
     *
     * @throws IllegalStateException if the machine has no font
     */
    public static Image of(Drawing drawing) {
        // on servers there is no screen, and none is needed
        System.setProperty("java.awt.headless", "true");
        var paper =
                new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = paper.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, drawing.width(), drawing.height());
            pen.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            var raster = new Raster(pen);
            drawing.shapes().forEach(raster::paint);
        } finally {
            pen.dispose();
        }
        return image(paper);
    }

    private static Image image(BufferedImage paper) {
        int width = paper.getWidth();
        int height = paper.getHeight();
        int[] pixels = paper.getRGB(0, 0, width, height, null, 0, width);
        var values = new float[3 * pixels.length];
        for (int k = 0; k < pixels.length; k++) {
            for (int channel = 0; channel < 3; channel++) {
                values[3 * k + channel] = (pixels[k] >> 16 - 8 * channel & 0xFF) / 255f;
            }
        }
        return new Image(width, height, 3, values);
    }

    private void paint(Shape shape) {
        switch (shape) {
            case Shape.Line(double[] points, Ink ink, double width) -> {
                use(ink);
                pen.setStroke(
                        new BasicStroke(
                                (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
                pen.draw(path(points));
            }
            case Shape.Area(double[] points, Ink ink) -> {
                use(ink);
                Path2D path = path(points);
                path.closePath();
                pen.fill(path);
            }
            case Shape.Disc(double x, double y, double radius, Ink ink, Ink edge) -> {
                var circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
                use(ink);
                pen.fill(circle);
                use(edge);
                pen.setStroke(new BasicStroke(1));
                pen.draw(circle);
            }
            case Shape.Words words -> write(words);
        }
    }

    private void use(Ink ink) {
        int alpha = (int) Math.round(255 * ink.opacity());
        pen.setColor(new Color(alpha << 24 | ink.rgb(), true));
    }

    private static Path2D path(double[] points) {
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int k = 2; k < points.length; k += 2) {
            path.lineTo(points[k], points[k + 1]);
        }
        return path;
    }

    private void write(Shape.Words words) {
        use(Ink.DARK);
        try {
            var font = new Font(Font.SANS_SERIF, words.isBold() ? Font.BOLD : Font.PLAIN, 1);
            pen.setFont(font.deriveFont((float) words.size()));
            double length = pen.getFontMetrics().stringWidth(words.text());
            double before =
                    switch (words.anchor()) {
                        case START -> 0;
                        case MIDDLE -> length / 2;
                        case END -> length;
                    };
            var upright = pen.getTransform();
            pen.translate(words.x(), words.y());
            pen.rotate(words.isUpright() ? 0 : -Math.PI / 2);
            pen.drawString(words.text(), (float) -before, 0);
            pen.setTransform(upright);
        } catch (LinkageError | InternalError | NullPointerException e) {
            // what Java does where fontconfig or every font is missing
            throw new IllegalStateException("no font is installed", e);
        }
    }
}
