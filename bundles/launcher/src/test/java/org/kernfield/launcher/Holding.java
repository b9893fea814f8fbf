package org.kernfield.launcher;

import java.nio.file.Path;

/** A process that owns a directory until its input ends. */
public final class Holding {
    private Holding() {}

    /** {@code args[0]} is the directory; says so once it is owned. */
    public static void main(String[] args) throws Exception {
        Ownership owner = Ownership.take(Path.of(args[0]));
        System.out.println(owner == null ? "taken" : "owned");
        System.in.read();
    }
}
