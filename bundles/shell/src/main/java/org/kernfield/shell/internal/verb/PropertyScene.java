package org.kernfield.shell.internal.verb;

import org.kernfield.field.Image;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Failure;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A scene whose colours are a property: its bounds become black and white, so that the colour over
 * black, divided by the opacity, is its mean over what is seen.
 *
 * @param splats of degree 0
 * @param low least value of the property
 * @param high its greatest
 */
record PropertyScene(Splats splats, double low, double high) {
    /**
     * The scene of a property.
     *
     * @throws Failure if there is none of that name, or a value that is not finite
     */
    static PropertyScene of(Splats splats, String name) {
        float[] values = splats.extra().get(name);
        if (values == null) {
            throw Failure.refused(
                    "--channel " + name,
                    "the file has no such property",
                    "use "
                            + Stream.concat(
                                            Stream.of("colour", "alpha", "depth", "normal"),
                                            splats.extra().keySet().stream())
                                    .collect(Collectors.joining(", ")));
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw Failure.refused(
                        "--channel " + name,
                        "splat %d has the value %s".formatted(k, values[k]),
                        "edit such splats away first");
            }
            low = Math.min(low, values[k]);
            high = Math.max(high, values[k]);
        }
        return new PropertyScene(coloured(splats, values, low, high), low, high);
    }

    private static Splats coloured(Splats splats, float[] values, double low, double high) {
        var sh = new float[3 * values.length];
        for (int k = 0; k < sh.length; k++) {
            double share = high > low ? (values[k / 3] - low) / (high - low) : 0;
            sh[k] = (float) ((share - 0.5) / Splats.SH_0);
        }
        return new Splats(
                0,
                splats.means(),
                splats.logScales(),
                splats.rotations(),
                splats.opacities(),
                sh,
                Map.of());
    }

    /**
     * The mean of the property at each pixel; NaN where nothing is.
     *
     * @param colours over black
     * @param opacities of one channel
     */
    Image values(Image colours, Image opacities) {
        var values = new float[opacities.values().length];
        for (int k = 0; k < values.length; k++) {
            double share = colours.values()[colours.channels() * k] / opacities.values()[k];
            values[k] = (float) (low + (high - low) * share);
        }
        return new Image(opacities.width(), opacities.height(), 1, values);
    }
}
