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

    private final Engine engine;

    Likeness(Engine engine) {
        this.engine = engine;
    }

    /** PSNR of all pixels of the pictures, of 8 bits; null where nothing draws splats. */
    Double psnr(Splats a, Splats b) {
        boolean isThere =
                engine.representations().stream()
                        .map(Plugin::name)
                        .anyMatch(SplatModel.REPRESENTATION::equals);
        if (!isThere) {
            return null;
        }
        Ring ring = Ring.around(a);
        List<View> views =
                IntStream.range(0, VIEWS)
                        .mapToObj(k -> ring.view(k, VIEWS, WIDTH, HEIGHT))
                        .toList();
        List<Image> left = pictures(a, views);
        List<Image> right = pictures(b, views);
        double error = 0;
        for (int k = 0; k < VIEWS; k++) {
            error += Math.pow(10, -ImageMetrics.psnr(left.get(k), right.get(k)) / 10);
        }
        return error > 0 ? -10 * Math.log10(error / VIEWS) : 999.0;
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
