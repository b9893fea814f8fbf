package org.kernfield.splat.field;

import org.kernfield.backend.Array;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Image;
import org.kernfield.field.Rendering;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Ring;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.UploadedSplats;

import java.util.List;
import java.util.function.Consumer;

/** Fitted splats: pictures from anywhere; values at points are densities. */
final class SplatField implements Field, Viewing, Rendering, Differentiable {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;

    private final SplatModel model;
    private final SplatRenderer renderer;
    private final RenderOptions options;

    SplatField(SplatModel model, SplatRenderer renderer) {
        this.model = model;
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
        return Density.values(model.splats(), points, compute);
    }

    @Override
    public Array jacobian(Array points, Compute compute) {
        return Density.gradient(model.splats(), points, compute);
    }

    @Override
    public List<View> views() {
        return model.views();
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

    private Image drawn(View view, UploadedSplats splats, Compute compute) {
        try (Tape tape = compute.tape()) {
            var picture = renderer.render(tape, splats.on(tape), view, options);
            return new Image(
                    picture.width(),
                    picture.height(),
                    3,
                    compute.download(picture.image().buffer()).toFloats());
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
            Ring ring = Ring.around(model.splats());
            return view(ring.view(0, Ring.VIEWS, width, height), compute);
        }
        View first = model.views().getFirst();
        return view(first.with(first.camera().scaled(width, height)), compute);
    }
}
