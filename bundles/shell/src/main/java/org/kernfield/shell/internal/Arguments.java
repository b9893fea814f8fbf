package org.kernfield.shell.internal;

import org.kernfield.field.Setting;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed argument vector.
 *
 * @param operands arguments by place
 * @param options values by option, without dashes; of a repeated one the last
 * @param repeated values of options that may be given more than once, all of them, in the order
 *     given
 * @param settings the representation's settings, as text, in the order given
 * @param directory what relative paths are relative to
 */
public record Arguments(
        List<String> operands,
        Map<String, String> options,
        List<Map.Entry<String, String>> repeated,
        Map<String, String> settings,
        Path directory) {
    public Arguments {
        operands = List.copyOf(operands);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        repeated = List.copyOf(repeated);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public boolean has(Option option) {
        return options.containsKey(option.name());
    }

    public String operand(int place) {
        return operands.get(place);
    }

    public Optional<String> text(Option option) {
        return Optional.ofNullable(options.get(option.name()));
    }

    /** The checked value of a number option, null where it is not given. */
    public <T> T value(Option option, Class<T> type) {
        String text = options.get(option.name());
        return text == null ? null : type.cast(checked(option, text));
    }

    public Optional<Path> path(Option option) {
        return text(option).map(text -> path("--" + option.name() + " " + text, text));
    }

    public Path path(int place) {
        return path(operand(place), operand(place));
    }

    /**
     * What {@code text} means here.
     *
     * @param given what it is called in a message
     * @throws Failure if it is no path
     */
    public Path path(String given, String text) {
        try {
            if (!text.isBlank()) {
                return directory.resolve(text);
            }
        } catch (InvalidPathException e) {
            // falls through to the one sentence for both
        }
        throw Failure.refused(given, "not a file name", "give the path of a file");
    }

    private static Object checked(Option option, String text) {
        Setting<?> setting = option.setting();
        return setting.parse(text);
    }
}
