package org.kernfield.testkit;

/** A representation that puts an object of its own where the process keeps it. */
public final class CachedBlobs extends Blobs {
    static final String KEY = "kernfield.cachedBlobs";

    /** What is kept, and with it the class and its loader. */
    private static final class Cached {}

    public CachedBlobs() {
        System.getProperties().put(KEY, new Cached());
    }
}
