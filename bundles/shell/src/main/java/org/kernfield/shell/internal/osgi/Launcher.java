package org.kernfield.shell.internal.osgi;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the launcher offers as services of the JDK's types, told apart by a property. */
final class Launcher {
    private static final String SOUNDNESS = "kernfield.soundness";
    private static final String NONE = "the launcher is not there to look into it";

    private final BundleContext context;

    Launcher(BundleContext context) {
        this.context = context;
    }

    /** Whether a launcher has started this framework. */
    boolean isThere() {
        return ask(Function.class, SOUNDNESS, look -> true).isPresent();
    }

    /** Why bundles do not run, by symbolic name and version. */
    Map<String, String> reasons() {
        var reasons = new TreeMap<String, String>();
        ask(Supplier.class, "kernfield.problems", Supplier::get)
                .filter(Map.class::isInstance)
                .map(Map.class::cast)
                .ifPresent(
                        found ->
                                found.forEach((bundle, why) -> reasons.put("" + bundle, "" + why)));
        return reasons;
    }

    /**
     * What a jar would bring and need if it were plugged in.
     *
     * @throws IllegalArgumentException if it is no bundle, with the reason alone as message
     */
    @SuppressWarnings("unchecked")
    Map<String, Object> inspect(Path jar) {
        return (Map<String, Object>)
                ask(Function.class, "kernfield.inspection", look -> look.apply(jar.toString()))
                        .orElseThrow(() -> new IllegalArgumentException(NONE));
    }

    /**
     * Why the framework should not read a jar; empty if it may.
     *
     * @throws UncheckedIOException if it cannot be read now, which says nothing of its content
     */
    String unsound(Path jar) {
        return (String)
                ask(Function.class, SOUNDNESS, look -> look.apply(jar.toString())).orElse(NONE);
    }

    private <S> Optional<Object> ask(Class<S> type, String mark, Function<S, Object> question) {
        try {
            for (var reference : context.getServiceReferences(type, "(" + mark + "=true)")) {
                S service = context.getService(reference);
                try {
                    if (service != null) {
                        return Optional.ofNullable(question.apply(service));
                    }
                } finally {
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Optional.empty();
    }
}
