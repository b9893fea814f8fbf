package org.kernfield.splat.compress;

import org.kernfield.numerics.SymmetricLog;
import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.Edit;

import java.util.Arrays;

/**
 * Rounds numbers so that fewer different ones are left, which packs better where a format codes
 * them without loss, as SOG does: rotations, opacities and colours to a number of levels, scales to
 * steps of their logarithm, positions to steps of sign(x)·log(1 + |x|) along the scene, which is
 * how SOG spaces them.
 *
 * @param levels of a rotation's components, opacities and a unit of colour, 2 to 256
 * @param scaleStep of natural logarithms of scales, above 0
 * @param placeBits of a position along each axis, 1 to 16
 */
public record Coarsening(int levels, double scaleStep, int placeBits) implements Edit {
    private static final int FINEST_PLACES = 65535;

    /** Logits beyond this are as good as infinite. */
    private static final double MOST_LOGIT = 12;

    public Coarsening {
        if (levels < 2 || levels > 256 || !(scaleStep > 0) || placeBits < 1 || placeBits > 16) {
            throw new IllegalArgumentException(
                    "coarsening: %d levels, scales by %s, %d bits of positions; use 2 to 256, more than 0, 1 to 16"
                            .formatted(levels, scaleStep, placeBits));
        }
    }

    /**
     * A usual choice.
     *
     * @param coarseness 1, which can hardly be seen, to 3
     */
    public static Coarsening of(int coarseness) {
        return switch (coarseness) {
            case 1 -> new Coarsening(64, 0.125, 13);
            case 2 -> new Coarsening(64, 0.25, 13);
            case 3 -> new Coarsening(32, 0.25, 13);
            default ->
                    throw new IllegalArgumentException(
                            "coarseness " + coarseness + ": not known; give 1 to 3");
        };
    }

    @Override
    public Splats apply(Splats splats) {
        return new Splats(
                splats.degree(),
                places(splats.means()),
                rounded(splats.logScales(), scaleStep),
                rotations(splats.rotations()),
                opacities(splats.opacities()),
                colours(splats),
                splats.extra());
    }

    private float[] places(float[] means) {
        var low = new double[3];
        var high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < means.length; k++) {
            double x = SymmetricLog.of(means[k]);
            low[k % 3] = Math.min(low[k % 3], x);
            high[k % 3] = Math.max(high[k % 3], x);
        }
        int coarse = 1 << 16 - placeBits;
        var places = new float[means.length];
        for (int k = 0; k < means.length; k++) {
            double step = (high[k % 3] - low[k % 3]) / FINEST_PLACES * coarse;
            double x = SymmetricLog.of(means[k]) - low[k % 3];
            double kept = step > 0 ? Math.rint(x / step) * step + low[k % 3] : low[k % 3];
            // the ends stay, which keeps the steps where they are
            double value = Math.clamp(kept, low[k % 3], high[k % 3]);
            boolean isEnd = x == 0 || SymmetricLog.of(means[k]) == high[k % 3];
            places[k] = isEnd ? means[k] : (float) SymmetricLog.inverse(value);
        }
        return places;
    }

    private static float[] rounded(float[] values, double step) {
        var rounded = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            rounded[k] = (float) (Math.rint(values[k] / step) * step);
        }
        return rounded;
    }

    /** The three smaller components in steps over their range, the largest by the length 1. */
    private float[] rotations(float[] rotations) {
        var rounded = new float[rotations.length];
        double half = (levels - 1) / 2.0;
        for (int at = 0; at < rotations.length; at += 4) {
            int largest = 0;
            double norm = 0;
            for (int c = 0; c < 4; c++) {
                norm += (double) rotations[at + c] * rotations[at + c];
                boolean isLarger = Math.abs(rotations[at + c]) > Math.abs(rotations[at + largest]);
                largest = isLarger ? c : largest;
            }
            if (!(norm > 0)) {
                rounded[at] = 1;
                continue;
            }
            double scale = Math.copySign(Math.sqrt(2 / norm), rotations[at + largest]);
            double rest = 2;
            for (int c = 0; c < 4; c++) {
                if (c != largest) {
                    double value = Math.rint((scale * rotations[at + c] + 1) * half) / half - 1;
                    rounded[at + c] = (float) (value * Math.sqrt(0.5));
                    rest -= value * value;
                }
            }
            rounded[at + largest] = (float) Math.sqrt(Math.max(0, rest / 2));
        }
        return rounded;
    }

    private float[] opacities(float[] logits) {
        var rounded = new float[logits.length];
        for (int k = 0; k < logits.length; k++) {
            double most = levels - 1;
            // none becomes invisible that was not
            double level = Math.max(1, Math.rint(most / (1 + Math.exp(-logits[k]))));
            double logit = Math.log(level / (most - level));
            rounded[k] =
                    Math.abs(logits[k]) > MOST_LOGIT ? logits[k] : (float) Math.min(logit, 1e30);
        }
        return rounded;
    }

    private float[] colours(Splats splats) {
        float[] sh = splats.sh().clone();
        int width = 3 * Splats.coefficients(splats.degree());
        double step = 1 / (Splats.SH_0 * (levels - 1));
        for (int k = 0; k < splats.count(); k++) {
            for (int c = 0; c < 3; c++) {
                sh[width * k + c] = (float) (Math.rint(sh[width * k + c] / step) * step);
            }
        }
        return sh;
    }
}
