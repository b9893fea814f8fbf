package org.kernfield.launcher;

import java.util.Optional;

/** Which Java this may run on. */
final class JavaVersion {

    /** The first version without JDK-8377811: pinned arrays may be corrupted under G1 before it. */
    private static final Runtime.Version SOUND = Runtime.Version.parse("25.0.3");

    private JavaVersion() {}

    /** One line of advice for a version with a known fault, nothing for a sound one. */
    static Optional<String> advice(Runtime.Version version) {
        if (version.compareToIgnoreOptional(SOUND) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                "Java "
                        + version
                        + " can corrupt pinned arrays (JDK-8377811); install 25.0.3 or newer");
    }
}
