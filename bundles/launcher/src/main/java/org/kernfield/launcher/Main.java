package org.kernfield.launcher;

import org.slf4j.LoggerFactory;

/** Where the process begins and ends. */
public final class Main {

    private static final int FAILED = 1;

    private Main() {}

    /**
     * Starts Kernfield, runs the command given or the shell, and exits with its status.
     *
     * @param args a verb and its arguments; {@code shell}, or nothing on a terminal, for the shell
     */
    public static void main(String[] args) {
        int status;
        try {
            status = run(args);
        } catch (Refusal refusal) {
            new Complaint(refusal.getMessage()).print(args, System.out, System.err);
            status = FAILED;
        } catch (Throwable fault) {
            LoggerFactory.getLogger(Main.class).error("Unexpected", fault);
            new Complaint(String.join(" ", args) + ": " + fault + "; the log has the rest")
                    .print(args, System.out, System.err);
            status = FAILED;
        }
        exit(status);
    }

    private static int run(String[] args) {
        var home = Home.open(System.getenv());
        var distribution = Distribution.locate();
        LogSetup.into(home.logFile());
        JavaVersion.advice(Runtime.version()).ifPresent(System.err::println);
        var mode = Mode.of(args);
        var framework = Framework.start(distribution, home, mode);
        var ending = new Ending(framework, Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return mode == Mode.SHELL ? converse(framework) : framework.command().applyAsInt(args);
        } finally {
            ending.finished();
        }
    }

    private static int converse(Framework framework) {
        try {
            framework.awaitStop();
        } catch (InterruptedException ctrlC) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void exit(int status) {
        // a hook of somebody else's must not keep the process: it ends whatever they do
        var watchdog =
                Thread.ofPlatform()
                        .daemon()
                        .unstarted(
                                () -> {
                                    try {
                                        Thread.sleep(2 * Framework.GRACE.toMillis());
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    Runtime.getRuntime().halt(status);
                                });
        watchdog.start();
        System.exit(status);
    }
}
