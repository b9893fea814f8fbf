package org.kernfield.splat.field;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.scene.View;
import org.kernfield.splat.Channel;
import org.kernfield.splat.Layer;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatPicture;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.UploadedSplats;
import org.kernfield.splat.Window;

import java.lang.foreign.MemorySegment;

/**
 * Draws a layer in bands, so that only the picture itself grows with its size.
 *
 * @param options with the channel that the layer needs
 */
record Drawing(SplatRenderer renderer, RenderOptions options, Layer layer) {
    /** Pixels that are drawn at a time. */
    private static final int BAND = 1 << 22;

    /**
     * What a camera sees.
     *
     * @throws IllegalArgumentException for a camera without a size
     */
    Image of(View view, UploadedSplats splats, Compute compute) {
        int width = view.camera().width();
        int height = view.camera().height();
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "view %s: a camera of %d × %d pixels; give it a size"
                            .formatted(view.picture(), width, height));
        }
        int channels = layer.channels();
        var values = new float[Math.toIntExact(channels * (long) width * height)];
        int band = Math.clamp(BAND / width, 1, height);
        for (int top = 0; top < height; top += band) {
            var window = new Window(0, top, width, Math.min(band, height - top));
            try (Tape tape = compute.tape()) {
                read(
                        renderer.render(tape, splats.on(tape), view, options.withWindow(window)),
                        values,
                        channels * width * top);
            }
        }
        return new Image(width, height, channels, values);
    }

    /** Reads a band into the numbers of a picture from a place on. */
    private void read(SplatPicture band, float[] values, int from) {
        int pixels = band.width() * band.height();
        switch (layer) {
            case COLOUR -> read(band.image().buffer(), values, from);
            case ALPHA -> {
                read(band.transmittance().buffer(), values, from);
                for (int k = from; k < from + pixels; k++) {
                    values[k] = 1 - values[k];
                }
            }
            case DEPTH -> {
                read(band.channels().get(Channel.DEPTH).buffer(), values, from);
                var transmittances = new float[pixels];
                read(band.transmittance().buffer(), transmittances, 0);
                for (int k = 0; k < pixels; k++) {
                    // 0 / 0 where nothing is
                    values[from + k] /= 1 - transmittances[k];
                }
            }
            case NORMAL -> {
                read(band.channels().get(Channel.NORMAL).buffer(), values, from);
                for (int k = from; k < from + 3 * pixels; k += 3) {
                    normalise(values, k);
                }
            }
        }
    }

    private static void read(Buffer buffer, float[] values, int from) {
        long bytes = buffer.rows() * buffer.width() * Float.BYTES;
        MemorySegment part =
                MemorySegment.ofArray(values).asSlice((long) from * Float.BYTES, bytes);
        buffer.read(new Array(ElementType.F32, buffer.rows(), buffer.width(), part));
    }

    private static void normalise(float[] values, int k) {
        double length = Math.hypot(Math.hypot(values[k], values[k + 1]), values[k + 2]);
        if (length > 0) {
            for (int c = 0; c < 3; c++) {
                values[k + c] = (float) (values[k + c] / length);
            }
        }
    }
}
