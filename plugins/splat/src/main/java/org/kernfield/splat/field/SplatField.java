package org.kernfield.splat.field;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Image;
import org.kernfield.field.Radiance;
import org.kernfield.field.Rendering;
import org.kernfield.field.Solid;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.UploadedSplats;
import org.kernfield.splat.Window;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Fitted splats: pictures from anywhere; values at points are densities. */
final class SplatField implements Field, Viewing, Rendering, Differentiable, Radiance, Solid {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int CHANNELS = 3;

    /** Density at the surface: one splat's part where it is half opaque. */
    private static final double SURFACE = 0.5;

    /** Pixels that are drawn at a time. */
    private static final int BAND = 1 << 22;

    private static final Reduction OPTICAL_DEPTHS = Light.opticalDepths();

    private final SplatModel model;
    private final SpaceSums sums;
    private final SplatRenderer renderer;
    private final RenderOptions options;

    SplatField(SplatModel model, SplatRenderer renderer) {
        this.model = model;
        this.sums = new SpaceSums(model.splats());
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
        return sums.run(Density.VALUE, Map.of("x", points), compute);
    }

    @Override
    public Array jacobian(Array points, Compute compute) {
        return sums.run(Density.GRADIENT, Map.of("x", points), compute);
    }

    @Override
    public double[] bounds() {
        return Extent.of(model.splats());
    }

    @Override
    public double level() {
        return SURFACE;
    }

    @Override
    public Array colours(Array points, Array directions, Compute compute) {
        Array found =
                sums.run(
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
        Array depths = sums.run(OPTICAL_DEPTHS, Map.of("from", from, "to", to), compute);
        float[] shares = depths.toFloats();
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) Math.exp(shares[i]);
        }
        return Array.of(1, shares);
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
        try (var splats = new UploadedSplats(model, compute)) {
            return drawn(view, splats, compute);
        }
    }

    @Override
    public void view(List<View> views, Compute compute, Consumer<Image> seen) {
        try (var splats = new UploadedSplats(model, compute)) {
            for (View view : views) {
                compute.checkCancelled();
                seen.accept(drawn(view, splats, compute));
            }
        }
    }

    /** In bands, so that only the picture itself grows with its size. */
    private Image drawn(View view, UploadedSplats splats, Compute compute) {
        int width = view.camera().width();
        int height = view.camera().height();
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "view %s: a camera of %d × %d pixels; give it a size"
                            .formatted(view.picture(), width, height));
        }
        var values = new float[Math.toIntExact(CHANNELS * (long) width * height)];
        int band = Math.clamp(BAND / width, 1, height);
        for (int top = 0; top < height; top += band) {
            var window = new Window(0, top, width, Math.min(band, height - top));
            try (Tape tape = compute.tape()) {
                var picture =
                        renderer.render(tape, splats.on(tape), view, options.withWindow(window));
                picture.image().buffer().read(part(values, window));
            }
        }
        return new Image(width, height, CHANNELS, values);
    }

    /** The window's rows of a picture as wide as it. */
    private static Array part(float[] values, Window window) {
        long row = (long) CHANNELS * window.width() * Float.BYTES;
        return new Array(
                ElementType.F32,
                (long) window.width() * window.height(),
                CHANNELS,
                MemorySegment.ofArray(values).asSlice(window.top() * row, window.height() * row));
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
