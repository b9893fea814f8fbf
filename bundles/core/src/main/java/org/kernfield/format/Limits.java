package org.kernfield.format;

/**
 * Bounds on what a reader may allocate.
 *
 * @param bytes largest memory for the decoded value
 */
public record Limits(long bytes) {
    /** A quarter of the heap. */
    public static Limits ofHeap() {
        return new Limits(Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * Refuses what would not fit.
     *
     * @throws FormatException naming {@code what} and the figures
     */
    public void check(String what, long needed) throws FormatException {
        if (needed < 0 || needed > bytes) {
            throw new FormatException(
                    what
                            + ": needs "
                            + (needed < 0 ? "too many" : needed / 1_000_000 + " MB")
                            + " of memory, at most "
                            + bytes / 1_000_000
                            + " MB are allowed; raise -Xmx in KERNFIELD_JVM_OPTIONS");
        }
    }
}
