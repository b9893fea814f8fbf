package org.kernfield.backend;

import org.osgi.annotation.versioning.ProviderType;

import java.util.function.IntConsumer;

/** Threads that a session may use; owned by the engine. */
@ProviderType
public interface Workers {
    /** How many parts can run at the same time, at least 1. */
    int count();

    /**
     * Runs {@code part} for 0 to parts − 1, in any order and on any threads, and returns when all
     * have ended. The first exception of a part is thrown here after the others have ended.
     */
    void forEach(int parts, IntConsumer part);

    /** All parts one after the other on the calling thread. */
    Workers SERIAL =
            new Workers() {
                @Override
                public int count() {
                    return 1;
                }

                @Override
                public void forEach(int parts, IntConsumer part) {
                    for (int k = 0; k < parts; k++) {
                        part.accept(k);
                    }
                }
            };
}
