package org.kernfield.engine;

import org.kernfield.field.Task;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be fitted, and how. With neither steps nor seconds a fit takes as long as its
 * representation says, which is 20 seconds for those that would go on forever; with both the first
 * that is reached ends it.
 *
 * @param input file or directory; null when {@code task} is given
 * @param task the data in memory; null when {@code input} is given
 * @param representation its name; null for the best one for the task
 * @param settings of the representation and of the task's reader, as text
 * @param steps iterations; null for as many as the seconds allow
 * @param seconds the fit's own wall time; null for as long as the steps take
 * @param seed start of every random sequence
 * @param threads parts of work at one time; 0 for one on each core
 * @param memory bytes of buffers at one time; 0 for as much as the engine has
 * @param backend its name; null for the best one
 * @param policy where it runs while backends come and go
 * @param output where the caller means to put the model, kept with the job for whoever resumes it;
 *     null for nowhere in particular
 */
public record FitRequest(
        Path input,
        Task task,
        String representation,
        Map<String, String> settings,
        Long steps,
        Double seconds,
        long seed,
        int threads,
        long memory,
        String backend,
        Policy policy,
        Path output) {
    public FitRequest {
        if ((input == null) == (task == null)) {
            throw new IllegalArgumentException(
                    "fit request: needs either an input path or a task; give one of them");
        }
        if (steps != null && steps < 1) {
            throw new IllegalArgumentException("steps = " + steps + ": too few; use at least 1");
        }
        if (seconds != null && !(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "seconds = " + seconds + ": not a duration; use a number above 0");
        }
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException(
                    "threads = " + threads + ": out of range; use 1 to 1024, or 0 for all cores");
        }
        if (memory < 0) {
            throw new IllegalArgumentException(
                    "memory = " + memory + ": below 0; use bytes, or 0 for what there is");
        }
        if (policy == Policy.PINNED && backend == null) {
            throw new IllegalArgumentException("policy = pinned: pinned to no backend; name one");
        }
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A file or directory with everything else by default. */
    public static FitRequest of(Path input) {
        return new FitRequest(
                input, null, null, Map.of(), null, null, 0, 0, 0, null, Policy.BEST, null);
    }

    /** A task in memory with everything else by default. */
    public static FitRequest of(Task task) {
        return new FitRequest(
                null, task, null, Map.of(), null, null, 0, 0, 0, null, Policy.BEST, null);
    }

    public FitRequest as(String name) {
        return new FitRequest(
                input, task, name, settings, steps, seconds, seed, threads, memory, backend, policy,
                output);
    }

    /** One more setting. */
    public FitRequest set(String name, Object value) {
        var more = new LinkedHashMap<>(settings);
        more.put(name, String.valueOf(value));
        return new FitRequest(
                input,
                task,
                representation,
                more,
                steps,
                seconds,
                seed,
                threads,
                memory,
                backend,
                policy,
                output);
    }

    public FitRequest steps(Long number) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                number,
                seconds,
                seed,
                threads,
                memory,
                backend,
                policy,
                output);
    }

    public FitRequest seconds(Double number) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                number,
                seed,
                threads,
                memory,
                backend,
                policy,
                output);
    }

    public FitRequest seed(long number) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                seconds,
                number,
                threads,
                memory,
                backend,
                policy,
                output);
    }

    public FitRequest threads(int number) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                seconds,
                seed,
                number,
                memory,
                backend,
                policy,
                output);
    }

    /** Bytes of buffers at one time; 0 for as much as the engine has. */
    public FitRequest memory(long bytes) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                seconds,
                seed,
                threads,
                bytes,
                backend,
                policy,
                output);
    }

    public FitRequest on(String name) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                seconds,
                seed,
                threads,
                memory,
                name,
                policy,
                output);
    }

    public FitRequest policy(Policy chosen) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                seconds,
                seed,
                threads,
                memory,
                backend,
                chosen,
                output);
    }

    public FitRequest output(Path model) {
        return new FitRequest(
                input,
                task,
                representation,
                settings,
                steps,
                seconds,
                seed,
                threads,
                memory,
                backend,
                policy,
                model);
    }
}
