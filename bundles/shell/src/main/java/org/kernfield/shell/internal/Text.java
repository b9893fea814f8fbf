package org.kernfield.shell.internal;

import java.util.Map;

/** A reply that is only for people, such as help. */
public record Text(String text) implements Reply {
    @Override
    public Map<String, ?> fields() {
        return Map.of("text", text);
    }
}
