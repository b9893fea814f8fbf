package org.kernfield.cpu.internal.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether java uses vectors as wide as the processor has, as far as Linux tells. */
final class VectorUnits {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    /** Lanes of AVX2; wider units java may leave alone for good reasons. */
    private static final int AVX2_LANES = 8;

    private VectorUnits() {}

    /** A sentence where they are narrower. */
    static Optional<String> narrower() {
        try {
            return Files.isReadable(CPU)
                    ? narrower(Files.readString(CPU), Loops.F.length())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> narrower(String cpuinfo, int lanes) {
        return lanes < AVX2_LANES && cpuinfo.contains(" avx2 ")
                ? Optional.of(
                        "vectors: java uses %d float32 lanes, the processor has %d; start java without -XX:UseAVX and -XX:MaxVectorSize"
                                .formatted(lanes, AVX2_LANES))
                : Optional.empty();
    }
}
