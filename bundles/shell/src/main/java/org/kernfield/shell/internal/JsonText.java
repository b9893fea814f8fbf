package org.kernfield.shell.internal;

import java.util.Map;

/** A reply that was asked for with {@code --json}: its text is the JSON object itself. */
public record JsonText(Map<String, ?> fields) implements Reply {
    @Override
    public String text() {
        return Json.write(fields);
    }

    /** The object for a command that failed. */
    public static JsonText error(String sentence) {
        return new JsonText(Map.of("error", sentence));
    }
}
