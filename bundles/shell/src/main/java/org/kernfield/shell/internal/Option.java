package org.kernfield.shell.internal;

import org.kernfield.field.Setting;

/**
 * An argument given by its name: {@code --name VALUE} or {@code --name=VALUE}, a flag without a
 * value.
 *
 * @param setting name, type, range and sentence; help, checks and completion come from it
 * @param placeholder how help shows the value; empty for a flag
 * @param repeated whether it may be given more than once
 * @param wants what the value names
 */
public record Option(Setting<?> setting, String placeholder, boolean repeated, Wants wants) {
    /** {@code --json}, which every verb knows. */
    public static final Option JSON = flag("json", "Print one JSON object for scripts");

    /** {@code --help}, which every verb knows. */
    public static final Option HELP = flag("help", "Explain this command");

    /** {@code --set k=v}, for verbs with settings. */
    public static final Option SET =
            new Option(
                    Setting.text("set", null, "Set what the representation knows, see below"),
                    "NAME=VALUE",
                    true,
                    Wants.SETTING);

    public static Option flag(String name, String doc) {
        return new Option(Setting.flag(name, false, doc), "", false, Wants.NOTHING);
    }

    public static Option text(String name, String placeholder, Wants wants, String doc) {
        return new Option(Setting.text(name, null, doc), placeholder, false, wants);
    }

    /** An option that may be given more than once; a flag where the placeholder is empty. */
    public static Option repeated(String name, String placeholder, Wants wants, String doc) {
        return new Option(Setting.text(name, null, doc), placeholder, true, wants);
    }

    public static Option integer(String name, String placeholder, long min, String doc) {
        return new Option(
                Setting.integer(name, null, min, Long.MAX_VALUE, "", doc),
                placeholder,
                false,
                Wants.NOTHING);
    }

    public static Option number(
            String name, String placeholder, double min, double max, String unit, String doc) {
        return new Option(
                Setting.number(name, null, min, max, unit, doc), placeholder, false, Wants.NOTHING);
    }

    public String name() {
        return setting.name();
    }

    public boolean isFlag() {
        return placeholder.isEmpty();
    }

    String shown() {
        return isFlag() ? "--" + name() : "--" + name() + " " + placeholder;
    }
}
