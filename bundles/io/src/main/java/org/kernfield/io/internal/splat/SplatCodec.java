package org.kernfield.io.internal.splat;

import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Guard;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the codecs of splats share. */
public abstract class SplatCodec implements Codec<Splats> {
    private final String name;
    private final List<String> extensions;

    protected SplatCodec(String name, String... extensions) {
        this.name = name;
        this.extensions = List.of(extensions);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Class<Splats> type() {
        return Splats.class;
    }

    @Override
    public final List<String> extensions() {
        return extensions;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public final Splats read(Path file, Limits limits) throws IOException {
        return Guard.decode(file, name, () -> decode(file, limits));
    }

    /** Reads; whatever it throws is made a sentence about the file. */
    protected abstract Splats decode(Path file, Limits limits) throws IOException;

    /**
     * Refuses counts that cannot be, before anything is allocated for them.
     *
     * @param decoding bytes needed beside the splats
     */
    static int count(Path file, long count, int degree, long decoding, Limits limits)
            throws FormatException {
        if (count < 0 || count * 3 * Splats.coefficients(degree) > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("it claims " + count + " splats");
        }
        limits.check(file.toString(), Splats.bytes(count, degree) + decoding);
        return (int) count;
    }

    /**
     * Refuses what a format of quantised numbers cannot hold.
     *
     * @throws FormatException naming the first splat with a number that is not finite
     */
    void checkFinite(Splats splats, Path file) throws FormatException {
        check("mean", splats.means(), 3, file);
        check("rotation", splats.rotations(), 4, file);
        check("colour", splats.sh(), 3 * Splats.coefficients(splats.degree()), file);
        checkNumbers("scale", splats.logScales(), 3, file);
        checkNumbers("opacity", splats.opacities(), 1, file);
    }

    private void check(String what, float[] values, int width, Path file) throws FormatException {
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw unfit(what, values[k], k / width, file);
            }
        }
    }

    private void checkNumbers(String what, float[] values, int width, Path file)
            throws FormatException {
        for (int k = 0; k < values.length; k++) {
            if (Float.isNaN(values[k])) {
                throw unfit(what, values[k], k / width, file);
            }
        }
    }

    private FormatException unfit(String what, float value, int splat, Path file) {
        return new FormatException(
                file
                        + ": splat "
                        + splat
                        + " has the "
                        + what
                        + " "
                        + value
                        + ", which "
                        + name
                        + " cannot hold; remove such splats or write .ply");
    }
}
