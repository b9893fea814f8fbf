package org.kernfield.engine;

/**
 * What a job has had to put up with, in the process that runs it or ran it last. A plugin that
 * leaves in order causes none.
 *
 * @param stepsAgain steps that were lost and taken again, because the job went on from an older
 *     step than it had reached
 * @param faults how often it left a backend or linear algebra that threw, gave NaN or was silent
 * @param brokenOff steps broken off because a plugin had left and could wait no longer
 */
public record Setbacks(long stepsAgain, int faults, int brokenOff) {
    /** Of a job that has gone undisturbed. */
    public static final Setbacks NONE = new Setbacks(0, 0, 0);

    /** These and {@code others}. */
    public Setbacks plus(Setbacks others) {
        return new Setbacks(
                stepsAgain + others.stepsAgain,
                faults + others.faults,
                brokenOff + others.brokenOff);
    }
}
