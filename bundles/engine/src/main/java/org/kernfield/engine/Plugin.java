package org.kernfield.engine;

/**
 * Something that can be swapped, as a row for people.
 *
 * @param name unique within its kind
 * @param state {@code ready}, or {@code out of service} after it failed a job
 * @param ranking preference, higher first; 0 where order has no meaning
 * @param why a few words: what it is, or what it failed with
 */
public record Plugin(String name, String state, int ranking, String why) {}
