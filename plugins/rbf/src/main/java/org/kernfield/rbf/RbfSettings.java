package org.kernfield.rbf;

import org.kernfield.field.Image;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;

import java.util.List;

/** What a user may set. */
final class RbfSettings {
    private static final long MOST = 1_000_000_000_000L;

    static final Setting<Long> PARAMETERS =
            Setting.integer(
                    "parameters",
                    null,
                    1,
                    MOST,
                    "",
                    "Size of the model in float32 equivalents; one a pixel if nothing is given.");
    static final Setting<Long> KERNELS =
            Setting.integer(
                    "kernels", null, 1, MOST, "", "Number of Gaussians; instead of parameters.");
    static final Setting<Double> TARGET =
            Setting.number("target", null, 1, 200, "dB", "PSNR at which the fit stops.");
    static final Setting<Boolean> REFINE =
            Setting.flag("refine", true, "Move idle kernels to where the error is.");
    static final Setting<Double> RATE =
            Setting.number(
                    "rate",
                    1.0,
                    1e-3,
                    10,
                    "",
                    "Factor on how far a step moves; smaller where a fit diverges or shall"
                            + " settle.");
    static final Setting<Long> SEED =
            Setting.integer(
                    "seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE, "", "Where random draws begin.");

    static final List<Setting<?>> ALL = List.of(PARAMETERS, KERNELS, TARGET, REFINE, RATE, SEED);

    private RbfSettings() {}

    /**
     * How many kernels a fit may use.
     *
     * @throws SettingException if both sizes are given, or more than an array can hold
     */
    static int kernels(Settings settings, Image image) {
        if (settings.isGiven(KERNELS) && settings.isGiven(PARAMETERS)) {
            throw new SettingException(
                    "kernels and parameters: both are given; choose one of them");
        }
        double each = Packing.parametersOfKernel(image.channels());
        double blocks = new Blocks(image.width(), image.height()).count();
        double kernels =
                settings.isGiven(KERNELS)
                        ? settings.get(KERNELS)
                        : settings.isGiven(PARAMETERS)
                                ? (settings.get(PARAMETERS) - blocks) / each
                                : image.pixels() / each;
        long bytesAtLeast = (long) (kernels * (5 + image.channels()) * 7 * Float.BYTES);
        long heap = Runtime.getRuntime().maxMemory();
        if (kernels > Integer.MAX_VALUE / 64 || bytesAtLeast > heap) {
            throw new SettingException(
                    "%.0f kernels: training them needs %d GB of memory, %.1f GB are allowed; ask for fewer parameters or raise -Xmx in KERNFIELD_JVM_OPTIONS"
                            .formatted(kernels, bytesAtLeast / 1_000_000_000, heap / 1e9));
        }
        return (int) Math.max(1, kernels);
    }
}
