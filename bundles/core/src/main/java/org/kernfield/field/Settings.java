package org.kernfield.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values for a list of {@link Setting}s, given or default; immutable. */
public final class Settings {
    private final List<Setting<?>> known;
    private final Map<String, String> given;

    private Settings(List<Setting<?>> known, Map<String, String> given) {
        this.known = List.copyOf(known);
        this.given = new LinkedHashMap<>(given);
    }

    /**
     * Checks texts against what is known.
     *
     * @throws SettingException for an unknown name (suggesting the nearest) or an unfit text
     */
    public static Settings of(List<Setting<?>> known, Map<String, String> given) {
        given.forEach((name, text) -> find(known, name).parse(text));
        return new Settings(known, given);
    }

    private static Setting<?> find(List<Setting<?>> known, String name) {
        return known.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SettingException(unknown(known, name)));
    }

    private static String unknown(List<Setting<?>> known, String name) {
        var names = known.stream().map(Setting::name).toList();
        return name + ": unknown setting; " + Nearest.suggestion(name, names);
    }

    /** The value of a setting: what was given, or its default. */
    public <T> T get(Setting<T> setting) {
        String text = given.get(setting.name());
        return text == null ? setting.defaultValue() : setting.parse(text);
    }

    /** Whether the user gave a value. */
    public boolean isGiven(Setting<?> setting) {
        return given.containsKey(setting.name());
    }

    /** What the user gave, as text: what jobs and models store. */
    public Map<String, String> given() {
        return Map.copyOf(given);
    }

    public List<Setting<?>> known() {
        return known;
    }
}
