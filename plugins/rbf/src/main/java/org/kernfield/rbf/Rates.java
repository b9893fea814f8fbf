package org.kernfield.rbf;

import org.kernfield.field.Image;

import java.util.Arrays;

/** Learning rates and bounds of the parameters, found by trial on photographs. */
final class Rates {
    /** Pixels a step. */
    private static final double CENTRE = 0.1;

    /** Logarithms, and 1/pixels, a step. */
    private static final double SHAPE = 0.03;

    private static final double COLOUR = 0.007;

    /** What is left of the rate at the end. */
    private static final double END = 0.05;

    /** e^1.4 per pixel: a standard deviation of a quarter pixel. */
    private static final double NARROWEST = 1.4;

    private final Image image;

    Rates(Image image) {
        this.image = image;
    }

    double[] centre(Pace pace) {
        double rate = CENTRE * pace.boost() * pace.decay(END);
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

    double[] lowestCentre() {
        return new double[] {-Blocks.MARGIN, -Blocks.MARGIN};
    }

    double[] highestCentre() {
        return new double[] {image.width() + Blocks.MARGIN, image.height() + Blocks.MARGIN};
    }

    /** Standard deviations up to 20 pixels, or 8 mean gaps where kernels are few. */
    double[] lowestShape(int kernels) {
        double gap = Math.sqrt((double) image.pixels() / kernels);
        double widest = -Math.log(Math.max(20, 8 * gap));
        return new double[] {widest, -100, widest};
    }

    double[] highestShape() {
        return new double[] {NARROWEST, 100, NARROWEST};
    }
}
