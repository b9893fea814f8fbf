package org.kernfield.launcher;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sends what the framework has to say to the log; its own way is standard output. */
final class FrameworkLog extends Logger {

    private static final String NAME = "org.kernfield.framework";

    @Override
    protected void doLog(
            Bundle bundle, ServiceReference sr, int level, String message, Throwable thrown) {
        String about = bundle == null ? "" : bundle.getSymbolicName() + ": ";
        LoggerFactory.getLogger(NAME)
                .atLevel(severity(level))
                .setCause(thrown)
                .log(about + message);
    }

    private static Level severity(int level) {
        return switch (level) {
            case LOG_ERROR -> Level.ERROR;
            case LOG_WARNING -> Level.WARN;
            case LOG_INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
