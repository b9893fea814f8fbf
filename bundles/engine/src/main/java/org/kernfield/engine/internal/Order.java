package org.kernfield.engine.internal;

import org.kernfield.engine.Policy;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fit request with every choice made.
 *
 * @param input where the task was read from; null for a task in memory
 * @param version of the representation that began it; an older one cannot go on
 * @param settings of the representation and of the reader, as given
 * @param steps in all, or null
 * @param seconds in all, or null
 * @param isCeiling whether the seconds are only what a fit that ends by itself never takes longer
 *     than
 * @param threads at least 1
 * @param memory bytes of buffers at one time, 0 for as much as the engine has
 * @param backend the one asked for, or null
 * @param policy where it runs while backends come and go
 * @param output where the caller means to put the model, or null
 */
record Order(
        Path input,
        Task task,
        String representation,
        int version,
        Map<String, String> settings,
        Long steps,
        Double seconds,
        boolean isCeiling,
        long seed,
        int threads,
        long memory,
        String backend,
        Policy policy,
        Path output) {
    /** What of its settings a representation knows. */
    Settings settings(Representation of) {
        var own = new LinkedHashMap<String, String>();
        for (Setting<?> setting : of.settings()) {
            boolean isSeed = setting.name().equals("seed");
            String text = isSeed ? Long.toString(seed) : settings.get(setting.name());
            if (text != null) {
                own.put(setting.name(), text);
            }
        }
        return Settings.of(of.settings(), own);
    }

    /** The same with its task, once that has been read again. */
    Order with(Task read) {
        return new Order(
                input,
                read,
                representation,
                version,
                settings,
                steps,
                seconds,
                isCeiling,
                seed,
                threads,
                memory,
                backend,
                policy,
                output);
    }

    /** Where the model is meant to go, as text; empty for nowhere in particular. */
    String outputName() {
        return output == null ? "" : output.toString();
    }

    /** What people call the input. */
    String inputName() {
        return input == null ? task.name() : input.toString();
    }
}
