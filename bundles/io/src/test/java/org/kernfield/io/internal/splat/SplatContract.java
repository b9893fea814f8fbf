package org.kernfield.io.internal.splat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.Codec;
import org.kernfield.io.internal.Broken;
import org.kernfield.scene.Splats;
import org.kernfield.testkit.CodecContract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The contract of codecs, for splats. */
abstract class SplatContract extends CodecContract<Splats> {
    private final SplatCodec codec;
    private final SomeSplats.Tolerance tolerance;
    private final List<Splats> values;

    SplatContract(SplatCodec codec, SomeSplats.Tolerance tolerance, Splats... values) {
        this.codec = codec;
        this.tolerance = tolerance;
        this.values = List.of(values);
    }

    @Override
    protected Codec<Splats> codec() {
        return codec;
    }

    @Override
    protected List<Splats> values() {
        return values;
    }

    @Override
    protected boolean same(Splats read, Splats written) {
        return tolerance.holds(read, written);
    }

    @Test
    void takesLittleMemoryForFlippedBits(@TempDir Path folder, @TempDir Path broken)
            throws IOException {
        new Broken(codec, sample(folder), broken).flip(60, seed());
    }

    @Test
    void takesLittleMemoryForHeadersThatLie(@TempDir Path folder, @TempDir Path broken)
            throws IOException {
        new Broken(codec, sample(folder), broken).lie(128);
    }
}
