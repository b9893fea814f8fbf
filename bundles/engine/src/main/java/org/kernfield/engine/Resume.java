package org.kernfield.engine;

/**
 * What changes when a job is resumed; null keeps what the job had.
 *
 * @param steps iterations in all, those already done included
 * @param seconds the fit's own wall time in all, that already spent included
 * @param threads parts of work at one time
 * @param memory bytes of buffers at one time; 0 for what there is
 * @param backend its name
 */
public record Resume(Long steps, Double seconds, Integer threads, Long memory, String backend) {
    /** Goes on as it was. */
    public static Resume unchanged() {
        return new Resume(null, null, null, null, null);
    }
}
