package org.kernfield.template;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.kernel.Kernel;

import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Set;

/**
 * Φ_ij = φ(|x_i − c_j|²/R²) for the pixels of a picture, known by its products only. The buffers
 * live for one call, so there is nothing to carry from one backend to another.
 */
final class Design implements AutoCloseable {
    private final Compute compute;
    private final Reduction sum;
    private final Reduction adjoint;
    private final Args args;
    private final Buffer centres;
    private final Buffer weights;
    private final Buffer picture;

    Design(Grid grid, Image image, Compute compute) {
        this.compute = compute;
        int channels = image.channels();
        sum = Reduction.sum(Wendland.KERNEL.weighted(channels), Neighbourhood.TILES);
        // Φᵀ is the derivative of Φw by w, carried back
        adjoint = sum.vjp(Set.of(Kernel.WEIGHT)).getFirst();
        centres = compute.upload(grid.centres());
        weights = compute.allocate(ElementType.F32, grid.centres().rows(), channels);
        picture = compute.allocate(ElementType.F32, image.pixels(), channels);
        args =
                Args.raster("x", image.width(), image.height())
                        .with("pixel", 1, 1)
                        .with("radius", grid.radius())
                        .with("centre", centres)
                        .with(Kernel.WEIGHT, weights)
                        .with("d_value", picture);
    }

    /** Φᵀ t for a picture t. */
    double[] transposed(Array t) {
        picture.write(t);
        return transposed();
    }

    /** ΦᵀΦ w for colours w. */
    double[] normal(double[] w) {
        weights.write(Array.of(weights.width(), w));
        compute.run(sum, args, Map.of("value", picture));
        return transposed();
    }

    private double[] transposed() {
        try (Buffer gradient = compute.allocate(ElementType.F32, weights.rows(), weights.width())) {
            compute.run(adjoint, args, Map.of("d_" + Kernel.WEIGHT, gradient));
            Array result = Array.zeros(ElementType.F64, weights.rows(), weights.width());
            gradient.read(result);
            return result.data().toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
        }
    }

    @Override
    public void close() {
        picture.close();
        weights.close();
        centres.close();
    }
}
