package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Plugin;
import org.kernfield.field.Image;
import org.kernfield.field.Viewing;
import org.kernfield.numerics.ImageMetrics;
import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.compress.Surroundings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How much one scene of splats looks like another. */
final class Likeness {
    /** Pictures from a ring around the first scene. */
    static final int VIEWS = 16;

    /** What a good scene has against photographs, in decibels. */
    static final double USUAL_PSNR = 30;

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    /** Pictures from all around, to choose by; the report is made of others. */
    private static final int FEW_VIEWS = 6;

    private static final int FEW_SIZE = 400;

    private final Engine engine;
    private final Splats original;
    private final boolean isDrawn;
    private List<Image> few;

    Likeness(Engine engine, Splats original) {
        this.engine = engine;
        this.original = original;
        this.isDrawn =
                engine.representations().stream()
                        .map(Plugin::name)
                        .anyMatch(SplatModel.REPRESENTATION::equals);
    }

    /** PSNR of all pixels of the ring's pictures, of 8 bits; null where nothing draws splats. */
    Double psnr(Splats made) {
        if (!isDrawn) {
            return null;
        }
        Ring ring = Ring.around(original);
        List<View> views =
                IntStream.range(0, VIEWS)
                        .mapToObj(k -> ring.view(k, VIEWS, WIDTH, HEIGHT))
                        .toList();
        return psnr(pictures(original, views), pictures(made, views));
    }

    /** The same of a few smaller pictures; NaN where nothing draws splats. */
    double psnrOfSome(Splats made) {
        if (!isDrawn) {
            return Double.NaN;
        }
        List<View> views = Surroundings.of(original, FEW_VIEWS, FEW_SIZE);
        few = few == null ? pictures(original, views) : few;
        return psnr(few, pictures(made, views));
    }

    private static double psnr(List<Image> left, List<Image> right) {
        double error = 0;
        for (int k = 0; k < left.size(); k++) {
            error += Math.pow(10, -ImageMetrics.psnr(left.get(k), right.get(k)) / 10);
        }
        return error > 0 ? -10 * Math.log10(error / left.size()) : 999.0;
    }

    /** What that likeness costs a scene of {@link #USUAL_PSNR}, errors being independent. */
    static double loss(double psnr) {
        return 10 * Math.log10(1 + Math.pow(10, (USUAL_PSNR - psnr) / 10));
    }

    private List<Image> pictures(Splats splats, List<View> views) {
        return engine.open(SplatModel.of(splats).model())
                .use(
                        Viewing.class,
                        (viewing, compute) -> {
                            var pictures = new ArrayList<Image>();
                            viewing.view(views, compute, p -> pictures.add(p.eightBit()));
                            return pictures;
                        });
    }
}
