package org.kernfield.shell.internal.osgi;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

import java.io.PrintStream;

/**
 * The process's standard streams themselves. Gogo puts streams in their place that write to
 * whatever the thread's session writes to; a session that writes to those would call itself.
 */
record ProcessStreams(PrintStream out, PrintStream err) {
    /** As the launcher has kept them; where there is none, those in place now. */
    static ProcessStreams of(BundleContext context) {
        return new ProcessStreams(
                stream(context, "out", System.out), stream(context, "err", System.err));
    }

    private static PrintStream stream(BundleContext context, String name, PrintStream otherwise) {
        try {
            return context
                    .getServiceReferences(PrintStream.class, "(kernfield.stream=" + name + ")")
                    .stream()
                    .map(context::getService)
                    .findFirst()
                    .orElse(otherwise);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where a session writes that is to write to {@code out}. */
    PrintStream behind(PrintStream stream) {
        if (stream == System.out) {
            return out;
        }
        return stream == System.err ? err : stream;
    }
}
