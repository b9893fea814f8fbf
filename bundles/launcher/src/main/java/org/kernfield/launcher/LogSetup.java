package org.kernfield.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One log file under the user's directory, set up in code because reading a configuration file
 * costs a tenth of a second at every start. Logback finds this class as a service.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    /** System property: the level from which on lines are kept, {@code INFO} unless told. */
    static final String LEVEL = "kernfield.log";

    /** Above this many bytes the file is set aside at start, once. */
    private static final long LARGE = 8_000_000;

    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %property{pid} %-5level %logger{24} - %msg%n";

    private static volatile Path file;

    /** Names the file; called before the first logger is asked for. */
    static void into(Path logFile) {
        file = logFile;
        setAsideIfLarge(logFile);
    }

    private static void setAsideIfLarge(Path logFile) {
        try {
            if (Files.exists(logFile) && Files.size(logFile) > LARGE) {
                Path old = logFile.resolveSibling("kernfield.old.log");
                Files.move(logFile, old, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException another) {
            // another process holds or has just moved it; appending goes on
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (file == null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.putProperty("pid", String.valueOf(ProcessHandle.current().pid()));
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.INFO));
        root.addAppender(appender);
        // the plumbing says at every start that it starts
        context.getLogger(BundleLog.UNNAMED).setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
