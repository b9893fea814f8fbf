package org.kernfield.template;

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

/** A fitted model, drawn, asked for values and for derivatives: three uses of one formula. */
final class WendlandField implements Field, Rendering, Differentiable {
    private final Array centres;
    private final Array weights;
    private final double radius;
    private final int width;
    private final int height;
    private final Kernel kernel;

    WendlandField(Model model) {
        width = model.integer("width");
        height = model.integer("height");
        centres = model.array("centres", 2);
        weights = model.array("weights", model.integer("channels"));
        Array radii = model.array("radius", 1);
        radius = radii.rows() == 1 ? radii.get(0) : Double.NaN;
        if (centres.rows() != weights.rows() || !(radius > 0) || width < 1 || height < 1) {
            throw new ModelException(
                    "model: %d centres, %d weights, radius %s, %d × %d pixels do not go together; write it anew"
                            .formatted(centres.rows(), weights.rows(), radius, width, height));
        }
        kernel = Wendland.KERNEL.weighted(weights.width());
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int outputs() {
        return weights.width();
    }

    @Override
    public long parameters() {
        return centres.elements() + weights.elements() + 1;
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
        Args pixels =
                Args.raster("x", columns, rows)
                        .with("pixel", (double) width / columns, (double) height / rows);
        Array values = sum(kernel, pixels, (long) columns * rows, compute);
        return new Image(columns, rows, outputs(), values.toFloats());
    }

    private Array atPoints(Kernel summand, Array points, Compute compute) {
        try (Buffer x = compute.upload(points)) {
            Args args = Args.rows(points.rows()).with("x", x).with("pixel", 1, 1);
            return sum(summand, args, points.rows(), compute);
        }
    }

    private Array sum(Kernel summand, Args queries, long rows, Compute compute) {
        try (Buffer centre = compute.upload(centres);
                Buffer weight = compute.upload(weights);
                Buffer result = compute.allocate(ElementType.F32, rows, summand.outputWidth())) {
            Args args =
                    queries.with("centre", centre)
                            .with(Kernel.WEIGHT, weight)
                            .with("radius", radius);
            String output = summand.outputs().getFirst().name();
            compute.run(Reduction.sum(summand, Neighbourhood.TILES), args, Map.of(output, result));
            return compute.download(result);
        }
    }
}
