package org.kernfield.rbf;

import org.kernfield.field.Image;

import java.util.Arrays;

/** Learning rates and bounds of the parameters, found by trial on photographs. */
final class Rates {
    /** Part of the mean gap between kernels that a centre moves in a step. */
    private static final double CENTRE = 0.05;

    /** Change of a logarithmic width, or of the skew, in a step. */
    private static final double SHAPE = 0.05;

    private static final double COLOUR = 0.01;

    /** What is left of the rates at the end. */
    private static final double END = 0.1;

    /** e^1.4 per pixel: a standard deviation of a quarter pixel. */
    private static final double NARROWEST = 1.4;

    /** Skew beyond which a kernel is a line. */
    private static final double SKEWEST = 100;

    private final Image image;

    Rates(Image image) {
        this.image = image;
    }

    double[] centre(Pace pace, int kernels) {
        double rate = CENTRE * gap(kernels) * pace.boost() * pace.decay(END);
        return new double[] {rate, rate};
    }

    double[] shape(Pace pace) {
        double rate = SHAPE * pace.boost() * pace.decay(END);
        return new double[] {rate, rate, rate};
    }

    double[] colour(Pace pace) {
        var rates = new double[image.channels()];
        Arrays.fill(rates, COLOUR * pace.boost() * pace.decay(END));
        return rates;
    }

    /** Mean distance of neighbouring kernels in pixels. */
    private double gap(int kernels) {
        return Math.sqrt((double) image.pixels() / kernels);
    }

    double[] lowestCentre() {
        return new double[] {-Blocks.MARGIN, -Blocks.MARGIN};
    }

    double[] highestCentre() {
        return new double[] {image.width() + Blocks.MARGIN, image.height() + Blocks.MARGIN};
    }

    /** Standard deviations up to 20 pixels, or 8 mean gaps where kernels are few. */
    double[] lowestShape(int kernels) {
        double widest = -Math.log(Math.max(20, 8 * gap(kernels)));
        return new double[] {widest, -SKEWEST, widest};
    }

    double[] highestShape() {
        return new double[] {NARROWEST, SKEWEST, NARROWEST};
    }
}
