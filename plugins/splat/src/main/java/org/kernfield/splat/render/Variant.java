package org.kernfield.splat.render;

import org.kernfield.kernel.Precision;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.splat.Channel;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatNodes;

import java.util.Set;

/** All that decides which formulas a picture needs, the primitive apart. */
record Variant(
        Precision precision,
        Lens lens,
        boolean isDistorted,
        int storedDegree,
        int degree,
        double blur,
        boolean isAntialiased,
        boolean hasFilter,
        int attributes,
        int features,
        Set<Channel> channels) {
    static Variant of(SplatNodes splats, org.kernfield.scene.Camera camera, RenderOptions options) {
        int stored = splats.degree();
        return new Variant(
                Precision.valueOf(splats.means().buffer().type().name()),
                camera.lens(),
                camera.isDistorted(),
                stored,
                Math.min(stored, options.degree()),
                options.blur(),
                options.isAntialiased(),
                splats.filter() != null,
                splats.attributes() == null ? 0 : splats.attributes().buffer().width(),
                splats.features() == null ? 0 : splats.features().buffer().width(),
                options.channels());
    }

    boolean has(Channel channel) {
        return channels.contains(channel);
    }
}
