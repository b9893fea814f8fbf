package org.kernfield.backend;

/**
 * What a machine can do at best, in a second on all the threads that were asked, as loops have
 * shown that do nothing else and never wait.
 *
 * @param threads how many were asked
 * @param fma32 float32 fused multiply-adds
 * @param fma64 float64 fused multiply-adds
 * @param operations32 float32 operations where a half are multiply-adds, a third additions and a
 *     sixth operations on integers: processors have more units for all of them than for one kind
 * @param exponentials32 float32 exponentials of numbers in the first-level cache
 * @param bytes bytes to and from memory, in a ← b + 3·c
 */
public record Limits(
        int threads,
        double fma32,
        double fma64,
        double operations32,
        double exponentials32,
        double bytes) {
    /**
     * How often a second float32 work can be done at best.
     *
     * @param multiplications of one piece of work, fused or not
     * @param others additions and operations on integers
     */
    public double rate32(double multiplications, double others) {
        return Math.min(fma32 / multiplications, operations32 / (multiplications + others));
    }

    /** The same for float64: half the lanes, or what multiply-adds allow. */
    public double rate64(double multiplications, double others) {
        return Math.min(
                fma64 / multiplications,
                operations32 * (fma64 / fma32) / (multiplications + others));
    }
}
