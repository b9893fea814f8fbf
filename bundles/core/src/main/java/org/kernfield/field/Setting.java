package org.kernfield.field;

import java.util.List;
import java.util.Locale;

/**
 * Something a user may set. Help, completion and messages come from it; jobs keep its text.
 *
 * @param name camelCase, unique in its list
 * @param type {@code Long}, {@code Double}, {@code Boolean} or {@code String}
 * @param defaultValue taken when nothing is given; may be null for "not set"
 * @param min smallest value of a number, inclusive; null for none
 * @param max largest value of a number, inclusive; null for none
 * @param unit for people, empty for none
 * @param choices the allowed texts; empty for any
 * @param doc one sentence
 */
public record Setting<T>(
        String name,
        Class<T> type,
        T defaultValue,
        T min,
        T max,
        String unit,
        List<T> choices,
        String doc) {
    public Setting {
        choices = List.copyOf(choices);
    }

    public static Setting<Long> integer(
            String name, Long defaultValue, long min, long max, String unit, String doc) {
        return new Setting<>(name, Long.class, defaultValue, min, max, unit, List.of(), doc);
    }

    public static Setting<Double> number(
            String name, Double defaultValue, double min, double max, String unit, String doc) {
        return new Setting<>(name, Double.class, defaultValue, min, max, unit, List.of(), doc);
    }

    public static Setting<Boolean> flag(String name, boolean defaultValue, String doc) {
        return new Setting<>(
                name, Boolean.class, defaultValue, null, null, "", List.of(true, false), doc);
    }

    public static Setting<String> choice(
            String name, String defaultValue, List<String> choices, String doc) {
        return new Setting<>(name, String.class, defaultValue, null, null, "", choices, doc);
    }

    public static Setting<String> text(String name, String defaultValue, String doc) {
        return new Setting<>(name, String.class, defaultValue, null, null, "", List.of(), doc);
    }

    /**
     * Reads a value from text.
     *
     * @throws SettingException naming the setting, the text and what is allowed
     */
    public T parse(String text) {
        T value = type.cast(read(text.strip()));
        if (!choices.isEmpty() && !choices.contains(value)) {
            throw new SettingException(
                    name + " = " + text + ": not a choice; use one of " + choices);
        }
        if (value instanceof Number n
                && (n.doubleValue() < bound(min, Double.NEGATIVE_INFINITY)
                        || n.doubleValue() > bound(max, Double.POSITIVE_INFINITY))) {
            throw new SettingException(
                    name
                            + " = "
                            + text
                            + ": out of range; use "
                            + min
                            + " to "
                            + max
                            + (unit.isEmpty() ? "" : " " + unit));
        }
        return value;
    }

    private Object read(String text) {
        try {
            if (type == Long.class) {
                return Long.valueOf(text);
            }
            if (type == Double.class) {
                double value = Double.parseDouble(text);
                if (Double.isNaN(value)) {
                    throw new NumberFormatException(text);
                }
                return value;
            }
        } catch (NumberFormatException e) {
            throw new SettingException(
                    name
                            + " = "
                            + text
                            + ": not "
                            + (type == Long.class ? "a whole number" : "a number")
                            + "; "
                            + doc.substring(0, 1).toLowerCase(Locale.ROOT)
                            + doc.substring(1));
        }
        return switch (type.getSimpleName()) {
            case "Boolean" ->
                    switch (text.toLowerCase(Locale.ROOT)) {
                        case "true", "yes", "on" -> true;
                        case "false", "no", "off" -> false;
                        default ->
                                throw new SettingException(
                                        name
                                                + " = "
                                                + text
                                                + ": not a yes or no; use true or false");
                    };
            default -> text;
        };
    }

    private static double bound(Object bound, double otherwise) {
        return bound instanceof Number n ? n.doubleValue() : otherwise;
    }
}
