package org.kernfield.shell.internal;

import org.kernfield.field.Setting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Help, derived from what verbs and settings say about themselves. */
public final class Help {
    private Help() {}

    /** The one line that shows how a verb is called. */
    static String synopsis(Verb verb) {
        return Stream.of(
                        Stream.of(verb.name()),
                        verb.operands().stream().map(Operand::shown),
                        verb.options().stream().map(o -> shown(verb, o)),
                        Stream.of("[--json]"))
                .flatMap(s -> s)
                .collect(Collectors.joining(" "));
    }

    private static String shown(Verb verb, Option option) {
        if (verb instanceof Needs needs && needs.needed().contains(option)) {
            return option.shown();
        }
        return "[" + option.shown() + "]" + (option.repeated() ? "…" : "");
    }

    /** What {@code --help} prints. */
    public static String of(Verb verb, String representation) {
        var lines = new ArrayList<String>();
        lines.add(verb.summary() + ".");
        lines.add("");
        lines.add("  kernfield " + synopsis(verb));
        lines.add("");
        lines.add("Options:");
        var table = new Table("  ");
        verb.allOptions().forEach(o -> table.row(o.shown(), explained(o.setting())));
        lines.add(table.toString());
        List<Setting<?>> settings = settings(verb, representation);
        if (!settings.isEmpty()) {
            lines.add("");
            lines.add("Settings, as --set NAME=VALUE or --NAME VALUE:");
            var known = new Table("  ");
            settings.forEach(s -> known.row(s.name(), explained(s)));
            lines.add(known.toString());
        }
        return String.join("\n", lines);
    }

    /** Those that are no option of the verb already. */
    private static List<Setting<?>> settings(Verb verb, String representation) {
        var options = verb.allOptions().stream().map(Option::name).toList();
        return verb.settings(representation).stream()
                .filter(s -> !options.contains(s.name()))
                .toList();
    }

    private static String explained(Setting<?> setting) {
        var text = new StringBuilder(setting.doc());
        if (text.toString().endsWith(".")) {
            text.setLength(text.length() - 1);
        }
        if (!setting.choices().isEmpty() && setting.type() != Boolean.class) {
            text.append(": ").append(joined(setting.choices()));
        }
        if (setting.min() != null || setting.max() != null) {
            text.append(range(setting));
        }
        Object otherwise = setting.defaultValue();
        if (otherwise != null && !otherwise.equals(false)) {
            text.append(", default ").append(otherwise);
            text.append(setting.unit().isEmpty() ? "" : " " + setting.unit());
        }
        return text.toString();
    }

    private static String joined(Collection<?> choices) {
        return choices.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** Bounds that are only the type's own say nothing. */
    private static String range(Setting<?> setting) {
        String min = bound(setting.min());
        String max = bound(setting.max());
        String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
        if (min != null && max != null) {
            return " (" + min + " to " + max + unit + ")";
        }
        if (min != null) {
            return " (at least " + min + unit + ")";
        }
        return max == null ? "" : " (at most " + max + unit + ")";
    }

    private static String bound(Object bound) {
        if (bound instanceof Long whole) {
            boolean isTheTypes = whole <= Long.MIN_VALUE / 2 || whole >= Long.MAX_VALUE / 2;
            return isTheTypes ? null : bound.toString();
        }
        return bound instanceof Double d && Math.abs(d) < 1e15 ? number(d) : null;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%d".formatted((long) value) : "" + value;
    }
}
