package org.kernfield.engine.internal;

import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.engine.Failure;
import org.kernfield.engine.FieldUnavailable;
import org.kernfield.engine.FitException;
import org.kernfield.field.AbsentException;
import org.kernfield.field.ModelException;
import org.kernfield.field.SettingException;
import org.kernfield.format.FormatException;
import org.kernfield.kernel.KernelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** What people read of an exception; the core's own carry a sentence already. */
final class Sentences {
    private static final Set<String> SPEAKING =
            Set.of(
                    SettingException.class.getName(),
                    OutOfBudgetException.class.getName(),
                    ModelException.class.getName(),
                    FormatException.class.getName(),
                    KernelException.class.getName(),
                    FitException.class.getName(),
                    UnsupportedOperationException.class.getName(),
                    IllegalArgumentException.class.getName());

    private static final Logger LOG = LoggerFactory.getLogger(Sentences.class);

    private Sentences() {}

    static String of(Failure failure) {
        if (isOfHeap(failure)) {
            return "fit: the Java heap is full ("
                    + Runtime.getRuntime().maxMemory() / 1_000_000
                    + " MB); use fewer parameters or raise -Xmx in KERNFIELD_JVM_OPTIONS";
        }
        if (SPEAKING.contains(failure.type()) && !failure.message().isBlank()) {
            return failure.message();
        }
        return "fit: failed with "
                + failure.type()
                + (failure.message().isBlank() ? "" : " (" + failure.message() + ")")
                + "; the log has the trace, please report it";
    }

    /** Whether the Java heap was full, which may be another's doing. */
    static boolean isOfHeap(Failure failure) {
        return failure.type().equals(OutOfMemoryError.class.getName());
    }

    /** A refusal for the caller of submit: a new exception, which holds no frame of a plugin. */
    static RuntimeException refusal(Failure failure) {
        String sentence = of(failure);
        boolean isOfSettings =
                failure.type().equals(SettingException.class.getName())
                        || failure.type().equals(AbsentException.class.getName());
        return isOfSettings ? new SettingException(sentence) : new FitException(sentence);
    }

    /**
     * Runs a call on a thread of its own; what it throws reaches the caller as a new exception,
     * because callers keep exceptions (a shell has them in a variable) and a plugin's exception
     * keeps its classes.
     */
    static <T> T detached(String thread, Callable<T> call) {
        return detached(thread, interrupted -> call.call(), () -> false);
    }

    /**
     * The same, as long as there is hope.
     *
     * @throws Threads.Hopeless once {@code isHopeless} says so
     */
    static <T> T detached(String thread, Threads.Call<T> call, BooleanSupplier isHopeless) {
        try {
            return Threads.call(thread, call, isHopeless);
        } catch (FieldUnavailable | Threads.Hopeless e) {
            throw e;
        } catch (CancellationException e) {
            throw new CancellationException(e.getMessage());
        } catch (Throwable thrown) {
            Failure failure = Failure.of(thrown);
            LOG.debug("{}", failure.trace());
            String sentence = of(failure);
            throw switch (thrown) {
                case OutOfBudgetException e -> new OutOfBudgetException(sentence);
                case ModelException e -> new ModelException(sentence);
                case UnsupportedOperationException e -> new UnsupportedOperationException(sentence);
                case IllegalArgumentException e -> new IllegalArgumentException(sentence);
                default -> new FitException(sentence);
            };
        }
    }

    static String unknown(String kind, String name, List<String> known) {
        return name
                + ": no such "
                + kind
                + " is here; "
                + (known.isEmpty()
                        ? "there is none, see `kernfield doctor`"
                        : "use one of " + known);
    }
}
