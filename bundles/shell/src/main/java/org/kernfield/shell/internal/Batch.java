package org.kernfield.shell.internal;

import org.slf4j.LoggerFactory;

import java.util.List;

/** One command from the command line: reply to standard output, errors to standard error. */
public final class Batch {
    /** Exit status of a command that did what was asked. */
    public static final int DONE = 0;

    private Batch() {}

    /** Runs a command by its name and its argument vector. */
    @FunctionalInterface
    public interface Runner {
        /** The reply as it is to be printed; null for nothing. */
        CharSequence run(String verb, List<String> words) throws Exception;
    }

    /**
     * Runs {@code vector}: a verb and its arguments.
     *
     * @return exit status of the process
     */
    public static int run(List<String> vector, Runner runner, Console console) {
        String verb = verb(vector);
        List<String> words = vector.isEmpty() ? vector : vector.subList(1, vector.size());
        try {
            print(runner.run(verb, words), console);
            return DONE;
        } catch (Throwable e) {
            Failure failure = Sentences.of(e, verb);
            if (failure.getCause() != null) {
                LoggerFactory.getLogger(Batch.class)
                        .info("{}: {}", verb, failure.getMessage(), failure.getCause());
            }
            if (ArgumentParser.asksForJson(vector)) {
                print(JsonText.error(failure.getMessage()).text(), console);
            }
            console.err().println(failure);
            console.err().flush();
            return failure.status();
        }
    }

    /** What people type out of habit has a verb too. */
    private static String verb(List<String> vector) {
        String first = vector.isEmpty() ? "help" : vector.getFirst();
        return switch (first) {
            case "-h", "--help", "-?" -> "help";
            case "--version", "-V" -> "version";
            default -> first.startsWith("kf:") ? first.substring("kf:".length()) : first;
        };
    }

    private static void print(CharSequence text, Console console) {
        if (text != null && !text.isEmpty()) {
            console.out().println(text);
            console.out().flush();
        }
    }
}
