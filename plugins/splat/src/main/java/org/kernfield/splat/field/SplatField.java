package org.kernfield.splat.field;

import org.kernfield.backend.Array;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Image;
import org.kernfield.field.Radiance;
import org.kernfield.field.Rendering;
import org.kernfield.field.Report;
import org.kernfield.field.Reporting;
import org.kernfield.field.Solid;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;
import org.kernfield.splat.Look;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.SplatViewing;
import org.kernfield.splat.UploadedSplats;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Fitted splats: pictures from anywhere; values at points are densities. In space every splat
 * counts as the Gaussian of its axes, whatever edge the primitive has on the screen; flat ones fill
 * no space, and such questions are refused.
 */
final class SplatField
        implements Field,
                Viewing,
                SplatViewing,
                Rendering,
                Differentiable,
                Radiance,
                Solid,
                Reporting {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int CHANNELS = 3;

    /** Density at the surface: one splat's part where it is half opaque. */
    private static final double SURFACE = 0.5;

    private static final Reduction OPTICAL_DEPTHS = Light.opticalDepths();

    private final SplatModel model;
    private final Report report;
    private final SpaceSums sums;
    private final SplatRenderer renderer;
    private final RenderOptions options;

    SplatField(SplatModel model, Report report, SplatRenderer renderer) {
        this.model = model;
        this.report = report;
        this.sums = new SpaceSums(model.smoothed());
        this.renderer = renderer;
        this.options = model.options(renderer.primitive(model.primitive()));
    }

    @Override
    public int inputs() {
        return 3;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public long parameters() {
        return model.model().arrays().values().stream()
                .mapToLong(a -> a.data().byteSize() / Float.BYTES)
                .sum();
    }

    @Override
    public Array values(Array points, Compute compute) {
        return inSpace().run(Density.VALUE, Map.of("x", points), compute);
    }

    @Override
    public Array jacobian(Array points, Compute compute) {
        return inSpace().run(Density.GRADIENT, Map.of("x", points), compute);
    }

    private SpaceSums inSpace() {
        if (options.primitive().isFlat()) {
            throw new IllegalArgumentException(
                    "model: its splats are of the primitive "
                            + model.primitive()
                            + ", which is flat and fills no space; look at pictures of it, or fit"
                            + " with primitive=gaussian");
        }
        return sums;
    }

    @Override
    public double[] bounds() {
        return Extent.of(sums.splats());
    }

    @Override
    public double level() {
        return SURFACE;
    }

    @Override
    public Array colours(Array points, Array directions, Compute compute) {
        Array found =
                inSpace()
                        .run(
                                Light.colours(model.splats().degree()),
                                Map.of("x", points, "direction", directions),
                                compute);
        float[] weighted = found.toFloats();
        var colours = new float[Math.toIntExact(CHANNELS * points.rows())];
        for (int i = 0; i < colours.length; i++) {
            float density = weighted[i / CHANNELS * (CHANNELS + 1) + CHANNELS];
            colours[i] =
                    density > 0
                            ? weighted[i / CHANNELS * (CHANNELS + 1) + i % CHANNELS] / density
                            : 0;
        }
        return Array.of(CHANNELS, colours);
    }

    @Override
    public Array transmittance(Array from, Array to, Compute compute) {
        Array depths = inSpace().run(OPTICAL_DEPTHS, Map.of("from", from, "to", to), compute);
        float[] shares = depths.toFloats();
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) Math.exp(shares[i]);
        }
        return Array.of(1, shares);
    }

    @Override
    public Report report() {
        return report;
    }

    @Override
    public List<View> views() {
        return model.views();
    }

    @Override
    public Ring ring() {
        return Ring.around(model.splats());
    }

    @Override
    public Image view(View view, Compute compute) {
        return view(view, Look.usual(), compute);
    }

    @Override
    public Image view(View view, Look look, Compute compute) {
        try (var splats = new UploadedSplats(model, compute)) {
            return drawing(look).of(view, splats, compute);
        }
    }

    private Drawing drawing(Look look) {
        return new Drawing(renderer, look.changed(options), look.layer());
    }

    @Override
    public void view(List<View> views, Compute compute, Consumer<Image> seen) {
        Drawing drawing = drawing(Look.usual());
        try (var splats = new UploadedSplats(model, compute)) {
            for (View view : views) {
                compute.checkCancelled();
                seen.accept(drawing.of(view, splats, compute));
            }
        }
    }

    @Override
    public int naturalWidth() {
        return model.views().isEmpty() ? WIDTH : model.views().getFirst().camera().width();
    }

    @Override
    public int naturalHeight() {
        return model.views().isEmpty() ? HEIGHT : model.views().getFirst().camera().height();
    }

    @Override
    public Image render(int width, int height, Compute compute) {
        if (model.views().isEmpty()) {
            return view(ring().view(0, Ring.VIEWS, width, height), compute);
        }
        View first = model.views().getFirst();
        return view(first.with(first.camera().scaled(width, height)), compute);
    }
}
