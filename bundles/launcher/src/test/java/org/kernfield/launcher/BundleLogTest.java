package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogService;
import org.slf4j.LoggerFactory;

import java.util.UUID;

class BundleLogTest {

    private final String name = "test." + UUID.randomUUID();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LogService service = BundleLog.service();

    @BeforeEach
    void listen() {
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @Test
    void passesOnMessageArgumentsAndCause() {
        var cause = new IllegalStateException("why");
        service.getLogger(name).error("{} of {}", 1, 2, cause);
        var event = lines.list.getFirst();
        assertThat(event.getFormattedMessage()).isEqualTo("1 of 2");
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("why");
    }

    @Test
    void knowsWhichLevelsAreKept() {
        var logger = service.getLogger(name);
        assertThat(logger.isInfoEnabled()).isTrue();
        assertThat(logger.isDebugEnabled()).isFalse();
    }

    @Test
    void asksAConsumerOnlyWhenTheLevelIsKept() {
        var logger = service.getLogger(name);
        logger.debug(l -> l.error("never"));
        logger.warn(l -> l.warn("once"));
        assertThat(lines.list).extracting(ILoggingEvent::getMessage).containsExactly("once");
    }

    @Test
    @SuppressWarnings("deprecation") // what older bundles still call
    void readsTheOldNumbersOfLevels() {
        var bundles = (Logger) LoggerFactory.getLogger(BundleLog.UNNAMED);
        bundles.addAppender(lines);
        service.log(LogService.LOG_WARNING, "old");
        bundles.detachAppender(lines);
        assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.WARN);
    }
}
