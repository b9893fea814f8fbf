package org.kernfield.splat.train;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Neighbourhood.Offset;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

import java.util.stream.IntStream;

/**
 * SSIM's window, 11 × 11 pixels of a Gaussian with σ = 1.5, as two sums over stencils: along rows,
 * then down columns. What lies outside the picture counts as 0.
 *
 * <p>Source: Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, Image quality assessment: from
 * error visibility to structural similarity, IEEE TIP 13 (2004), section III-B.
 */
final class SimilarityWindow {
    private static final int RADIUS = 5;
    private static final double SIGMA = 1.5;
    private static final String RASTER = "pixel";

    private final Reduction across;
    private final Reduction down;

    /**
     * @param width numbers of a pixel
     */
    SimilarityWindow(int width) {
        across = along(width, 1, 0);
        down = along(width, 0, 1);
    }

    private static Reduction along(int width, int dx, int dy) {
        var offsets =
                IntStream.rangeClosed(-RADIUS, RADIUS)
                        .mapToObj(t -> new Offset(t * dx, t * dy))
                        .toList();
        var k = Kernel.build("window");
        Vec offset = k.pair("offset", 2);
        Expr weight = offset.squaredNorm().times(-0.5 / (SIGMA * SIGMA)).exp().times(1 / total());
        k.input(RASTER, 2);
        k.output("sum", k.param("value", width).times(weight));
        return Reduction.sum(k.done(), new Neighbourhood.Stencil("offset", offsets));
    }

    /** What the weights of one line sum to before they are normalised. */
    private static double total() {
        return IntStream.rangeClosed(-RADIUS, RADIUS)
                .mapToDouble(t -> Math.exp(-0.5 * t * t / (SIGMA * SIGMA)))
                .sum();
    }

    /** Weighted means about each pixel, of the shape of {@code values}. */
    Tape.Node means(Tape tape, Tape.Node values, int width, int height) {
        TapeArgs raster = TapeArgs.raster(RASTER, width, height);
        Tape.Node rows = tape.reduce(across, raster.with("value", values)).get("sum");
        return tape.reduce(down, raster.with("value", rows)).get("sum");
    }
}
