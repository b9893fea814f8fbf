package org.kernfield.rbf;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.numerics.ConjugateGradient;

import java.util.Map;
import java.util.Set;

/**
 * Given centres and shapes, the colours w are a linear least-squares problem: (ΦᵀΦ + λ) w = Φᵀt,
 * with Φ_ij the value of kernel j at pixel i. Solved by conjugate gradients from the colours at
 * hand, for the change d of the colours: (ΦᵀΦ + λ) d = Φᵀ(t − Φw).
 */
final class ColourSolve {
    /** λ: keeps kernels that hardly touch a pixel from growing without bound. */
    private static final double RIDGE = 1e-3;

    /** Products with Φ that a solve may cost, in pixels; the picture's size divides it. */
    private static final long WORK = 3_000_000;

    private static final int MOST = 10;

    private ColourSolve() {}

    /** How often it is worth iterating on a picture. */
    static int iterations(Image image) {
        return (int) Math.min(MOST, WORK / image.pixels());
    }

    /** The kernels with better colours; centres and shapes are as given. */
    static Kernels improved(Kernels kernels, Image image, Compute compute) {
        int iterations = iterations(image);
        if (iterations == 0) {
            return kernels;
        }
        int channels = image.channels();
        Reduction draw = Reduction.sum(Gaussian.withColours(channels), Neighbourhood.TILES);
        Reduction transpose = draw.vjp(Set.of(Training.COLOUR)).getFirst();
        try (Buffer centre = compute.upload(kernels.centreArray());
                Buffer shape = compute.upload(kernels.shapeArray());
                Buffer colour = compute.upload(kernels.colourArray());
                Buffer result = compute.allocate(ElementType.F32, kernels.count(), channels);
                Buffer picture = compute.allocate(ElementType.F32, image.pixels(), channels);
                var loss = new PictureLoss(image, compute);
                Buffer residual = compute.allocate(ElementType.F32, image.pixels(), channels)) {
            Args args =
                    Args.raster("x", image.width(), image.height())
                            .with(Training.CENTRE, centre)
                            .with(Training.SHAPE, shape)
                            .with(Training.COLOUR, colour);
            compute.run(draw, args, Map.of("value", picture));
            loss.difference(picture, residual, compute);
            compute.run(
                    transpose,
                    args.with("d_value", residual),
                    Map.of("d_" + Training.COLOUR, result));
            double[] b = values(result);
            for (int k = 0; k < b.length; k++) {
                b[k] = -b[k];
            }
            var solver = new ConjugateGradient(b, channels);
            for (int i = 0; i < iterations; i++) {
                double[] p = solver.direction();
                colour.write(Array.of(channels, p));
                compute.run(draw, args, Map.of("value", picture));
                compute.run(
                        transpose,
                        args.with("d_value", picture),
                        Map.of("d_" + Training.COLOUR, result));
                double[] product = values(result);
                for (int k = 0; k < p.length; k++) {
                    product[k] += RIDGE * p[k];
                }
                solver.advance(product);
            }
            return added(kernels, solver.solution());
        }
    }

    private static Kernels added(Kernels kernels, double[] change) {
        var colours = kernels.colours().clone();
        for (int k = 0; k < colours.length; k++) {
            colours[k] += (float) change[k];
        }
        return new Kernels(kernels.centres(), kernels.shapes(), colours, kernels.channels());
    }

    private static double[] values(Buffer buffer) {
        Array array = Array.zeros(ElementType.F64, buffer.rows(), buffer.width());
        buffer.read(array);
        return array.data().toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED);
    }
}
