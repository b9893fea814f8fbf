package org.kernfield.engine.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Supplier;

/**
 * Asks plugins so that one with a fault is left out, with a line in the log, and the rest serve.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** What the plugin answers; {@code otherwise} if it throws or its classes do not link. */
    static <T> T or(T otherwise, String plugin, Supplier<? extends T> question) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError e) {
            note(plugin, e);
            return otherwise;
        }
    }

    /** A fault that the plugin answered with. */
    static void note(String plugin, Throwable fault) {
        LOG.warn("{}: left out, it fails when it is asked ({})", plugin, fault.toString());
        LOG.debug("{}", plugin, fault);
    }
}
