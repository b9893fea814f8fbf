package org.kernfield.shell.internal;

import java.util.Map;

/**
 * What a command answers: plain values that pin nothing of a plugin, formatted at the last moment.
 */
public interface Reply {
    /** For scripts: the fields of the one JSON object, in order. */
    Map<String, ?> fields();

    /** For people: one or more lines without a final line break; may be empty. */
    String text();
}
