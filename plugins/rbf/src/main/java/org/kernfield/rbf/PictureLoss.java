package org.kernfield.rbf;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

import java.util.Map;

/** Half the squared difference from a picture, and its derivative by the rendering. */
final class PictureLoss implements AutoCloseable {
    private final Image image;
    private final Buffer target;
    private final Buffer sum;
    private final Reduction difference;
    private final Reduction squares;

    PictureLoss(Image image, Compute compute) {
        this.image = image;
        target = compute.upload(Array.of(image.channels(), image.values()));
        sum = compute.allocate(ElementType.F32, 1, 1);

        difference = differences(image.channels());
        squares = squares(image.channels());
    }

    /** rendered − target at each pixel. */
    static Reduction differences(int channels) {
        var k = Kernel.build("difference");
        Vec rendered = k.input("rendered", channels);
        k.output("difference", rendered.minus(k.input("target", channels)));
        return Reduction.map(k.done());
    }

    /** Σ of the squares of all components. */
    static Reduction squares(int channels) {
        var k = Kernel.build("squares");
        k.output("sum", k.input("difference", channels).squaredNorm());
        return Reduction.total(k.done());
    }

    /** rendered − target, which is the derivative of the loss. */
    void difference(Buffer rendered, Buffer into, Compute compute) {
        compute.run(
                difference,
                Args.rows(image.pixels()).with("rendered", rendered).with("target", target),
                Map.of("difference", into));
    }

    /** PSNR in decibels that belongs to a difference. */
    double psnr(Buffer of, Compute compute) {
        compute.run(squares, Args.rows(image.pixels()).with("difference", of), Map.of("sum", sum));
        double mean = compute.download(sum).get(0) / image.values().length;
        return -10 * Math.log10(mean);
    }

    @Override
    public void close() {
        target.close();
        sum.close();
    }
}
