package org.kernfield.engine;

import java.util.Map;

/**
 * A job at one moment.
 *
 * @param id short and human, for example {@code astronaut-1}
 * @param input the file or directory, or the task's name for data in memory
 * @param backend the one in use, or the last one; empty before the first
 * @param step iterations done
 * @param metrics the current figures, the leading one first; NaN where unknown
 * @param stepsPerSecond over the last seconds; 0 before the first step
 * @param fraction how far, 0 to 1
 * @param seconds the fit's own wall time so far
 * @param secondsLeft estimated; NaN while unknown
 * @param firstResultSeconds from the start of the process to the first metric; NaN before it
 * @param output where its caller means to put the model; empty for nowhere in particular
 * @param setbacks work done again, faults and steps broken off so far
 * @param why why it waits, was stopped or failed, as a sentence; empty otherwise
 */
public record JobStatus(
        String id,
        JobState state,
        String input,
        String task,
        String representation,
        String backend,
        long seed,
        long step,
        Map<String, Double> metrics,
        double stepsPerSecond,
        double fraction,
        double seconds,
        double secondsLeft,
        double firstResultSeconds,
        String output,
        Setbacks setbacks,
        String why) {}
