package org.kernfield.shell.internal;

/** What an operand or an option's value names; completion offers it. */
public enum Wants {
    NOTHING,
    FILE,
    REPRESENTATION,
    BACKEND,
    JOB,
    SETTING,
    VERB
}
