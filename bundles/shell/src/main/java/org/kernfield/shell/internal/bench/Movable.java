package org.kernfield.shell.internal.bench;

/** A backend's bundle that is made to leave and to come back. Each call returns when it is done. */
public interface Movable {
    /** Ways to move it that leave it running. */
    enum Restart {
        /** Stopped and started. */
        BOUNCE,
        /** Replaced by the same code under another version. */
        UPDATE,
        /** Given a new class loader. */
        REFRESH
    }

    void stop();

    void start();

    void restart(Restart way);

    /** Class loaders it has had and has no more, but that nobody has collected. */
    int leakedLoaders();
}
