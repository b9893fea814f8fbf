package org.kernfield.rbf;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Rendering;
import org.kernfield.kernel.Kernel;

import java.util.Map;

/** A fitted picture: values and derivatives at points, and renderings of any size. */
final class RbfField implements Field, Rendering, Differentiable {
    private final int width;
    private final int height;
    private final int blocks;
    private final Kernels kernels;
    private final Kernel kernel;

    RbfField(Model model) {
        width = model.integer("width");
        height = model.integer("height");
        int channels = model.integer("channels");
        if (width < 1 || height < 1 || channels < 1) {
            throw new ModelException(
                    "model: a picture of %d × %d × %d; write it anew"
                            .formatted(width, height, channels));
        }
        var squares = new Blocks(width, height);
        blocks = squares.count();
        kernels = Packing.unpack(model, squares, channels);
        kernel = Gaussian.withColours(channels);
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int outputs() {
        return kernels.channels();
    }

    @Override
    public long parameters() {
        double stored = kernels.count() * Packing.parametersOfKernel(kernels.channels());
        return (long) Math.ceil(stored + blocks);
    }

    @Override
    public int naturalWidth() {
        return width;
    }

    @Override
    public int naturalHeight() {
        return height;
    }

    @Override
    public Array values(Array points, Compute compute) {
        return atPoints(kernel, points, compute);
    }

    @Override
    public Array jacobian(Array points, Compute compute) {
        return atPoints(kernel.jacobian("x"), points, compute);
    }

    @Override
    public Image render(int columns, int rows, Compute compute) {
        Kernels scaled = scaled((double) width / columns, (double) height / rows);
        Array values =
                sum(
                        kernel,
                        Args.raster("x", columns, rows),
                        (long) columns * rows,
                        scaled,
                        compute);
        return new Image(columns, rows, outputs(), values.toFloats());
    }

    /**
     * The kernels in coordinates of a raster whose pixels are {@code across} × {@code down} ours.
     */
    private Kernels scaled(double across, double down) {
        if (across == 1 && down == 1) {
            return kernels;
        }
        var centres = kernels.centres().clone();
        var shapes = kernels.shapes().clone();
        for (int j = 0; j < kernels.count(); j++) {
            centres[2 * j] /= (float) across;
            centres[2 * j + 1] /= (float) down;
            shapes[3 * j] += (float) Math.log(across);
            shapes[3 * j + 1] *= (float) (down / across);
            shapes[3 * j + 2] += (float) Math.log(down);
        }
        return new Kernels(centres, shapes, kernels.colours(), kernels.channels());
    }

    private Array atPoints(Kernel summand, Array points, Compute compute) {
        try (Buffer x = compute.upload(points)) {
            Args args = Args.rows(points.rows()).with("x", x);
            return sum(summand, args, points.rows(), kernels, compute);
        }
    }

    private static Array sum(
            Kernel summand, Args queries, long rows, Kernels kernels, Compute compute) {
        try (Buffer centre = compute.upload(kernels.centreArray());
                Buffer shape = compute.upload(kernels.shapeArray());
                Buffer colour = compute.upload(kernels.colourArray());
                Buffer result = compute.allocate(ElementType.F32, rows, summand.outputWidth())) {
            Args args =
                    queries.with(Training.CENTRE, centre)
                            .with(Training.SHAPE, shape)
                            .with(Training.COLOUR, colour);
            String output = summand.outputs().getFirst().name();
            compute.run(Reduction.sum(summand, Neighbourhood.TILES), args, Map.of(output, result));
            return compute.download(result);
        }
    }
}
