package org.kernfield.launcher;

import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.event.Level;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;

/**
 * OSGi's Log Service over SLF4J, so that what Declarative Services and the folder watcher have to
 * say reaches the log file; without a Log Service they write to standard output.
 *
 * <p>The interfaces are five levels in many overloads, hence a proxy that goes by the method's
 * name.
 */
final class BundleLog implements InvocationHandler {

    /** The names the service is registered under. */
    static final String[] NAMES = {LogService.class.getName(), LoggerFactory.class.getName()};

    /** The logger for bundles that name none. */
    static final String UNNAMED = "org.kernfield.bundles";

    /** By the numbers of the old {@code LogService.log(int, String)}: 1 is an error, 4 debug. */
    private static final Level[] NUMBERED = {
        Level.INFO, Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG
    };

    private final org.slf4j.Logger target;

    private BundleLog(String name) {
        this.target = org.slf4j.LoggerFactory.getLogger(name);
    }

    static LogService service() {
        return proxy(LogService.class, UNNAMED);
    }

    private static <T> T proxy(Class<T> type, String name) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, new BundleLog(name)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        String name = method.getName();
        return switch (name) {
            case "getLogger" -> logger(args);
            case "getName", "toString" -> target.getName();
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == args[0];
            case "log" -> numbered(args);
            case "audit", "trace", "debug", "info", "warn", "error" ->
                    args[0] instanceof LoggerConsumer<?> consumer
                            ? accepted(consumer, (Logger) proxy, level(name))
                            : said(level(name), args);
            // is<Level>Enabled()
            default -> target.isEnabledForLevel(level(name.substring(2, name.length() - 7)));
        };
    }

    /** {@code getLogger(name | class)}, {@code (.., type)} and {@code (bundle, name, type)}. */
    private static Logger logger(Object[] args) {
        String name = UNNAMED;
        Class<? extends Logger> type = Logger.class;
        for (Object arg : args) {
            if (arg instanceof String given) {
                name = given.equals(Logger.ROOT_LOGGER_NAME) ? UNNAMED : given;
            } else if (arg instanceof Class<?> c && Logger.class.isAssignableFrom(c)) {
                type = c.asSubclass(Logger.class);
            } else if (arg instanceof Class<?> c) {
                name = c.getName();
            }
        }
        return proxy(type, name);
    }

    /** {@code log([reference,] int level, String message[, Throwable])}. */
    private Object numbered(Object[] args) {
        int at = args[0] instanceof Integer ? 0 : 1;
        Level level = NUMBERED[Math.clamp((Integer) args[at], 0, NUMBERED.length - 1)];
        Throwable thrown = args.length > at + 2 ? (Throwable) args[at + 2] : null;
        target.atLevel(level).setCause(thrown).log(String.valueOf(args[at + 1]));
        return null;
    }

    @SuppressWarnings("unchecked")
    private Object accepted(LoggerConsumer<?> consumer, Logger logger, Level level)
            throws Exception {
        if (target.isEnabledForLevel(level)) {
            ((LoggerConsumer<Exception>) consumer).accept(logger);
        }
        return null;
    }

    /**
     * {@code level(message, Object... | Object[, Object])}, a throwable among them as the cause.
     */
    private Object said(Level level, Object[] args) {
        var event = target.atLevel(level);
        for (int i = 1; i < args.length; i++) {
            Object[] words = args[i] instanceof Object[] more ? more : new Object[] {args[i]};
            for (Object word : words) {
                event = word instanceof Throwable t ? event.setCause(t) : event.addArgument(word);
            }
        }
        event.log(String.valueOf(args[0]));
        return null;
    }

    private static Level level(String word) {
        return word.equals("audit") ? Level.INFO : Level.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
