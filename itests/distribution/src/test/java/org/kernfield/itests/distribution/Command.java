package org.kernfield.itests.distribution;

import org.kernfield.launcher.Embedded;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A command in an embedded distribution, on a thread of its own whose output is caught. */
final class Command {
    private static final long PATIENCE_SECONDS = 300;

    private static final ThreadLocal<Command> RUNNING = new ThreadLocal<>();

    private static boolean isRouted;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FutureTask<Integer> run;

    private final String line;

    private Command(Embedded kernfield, String... arguments) {
        line = String.join(" ", arguments);
        run =
                new FutureTask<>(
                        () -> {
                            RUNNING.set(this);
                            try {
                                return kernfield.run(arguments);
                            } finally {
                                tell();
                            }
                        });
    }

    /** Catches output from now on; before the shell's bundle, which puts its streams over these. */
    static synchronized void route() {
        if (!isRouted) {
            System.setOut(routed(System.out, command -> command.out));
            System.setErr(routed(System.err, command -> command.err));
            isRouted = true;
        }
    }

    static Command start(Embedded kernfield, String... arguments) {
        var command = new Command(kernfield, arguments);
        Thread.ofPlatform().daemon().name("command " + arguments[0]).start(command.run);
        return command;
    }

    /** Waits until it has printed, for people, a text in which {@code pattern} is found. */
    Command awaitSaid(String pattern) throws InterruptedException {
        var wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (this) {
            while (!wanted.matcher(said()).find()) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0 || run.isDone()) {
                    throw new AssertionError("no " + pattern + " but: " + said());
                }
                wait(Math.min(millis, 1000));
            }
        }
        return this;
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    boolean isRunning() {
        return !run.isDone();
    }

    /** Waits for its end. */
    Ended end() {
        try {
            int status = run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Ended(status, out.toString(StandardCharsets.UTF_8), said());
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(
                    line + ": it did not end; so far it said: " + said() + stacks(), e);
        }
    }

    /** Where commands and the engine's threads are. */
    private static String stacks() {
        var text = new StringBuilder();
        Thread.getAllStackTraces()
                .forEach(
                        (thread, stack) -> {
                            String name = thread.getName();
                            if (name.startsWith("command") || name.startsWith("kernfield")) {
                                text.append("\n")
                                        .append(name)
                                        .append(' ')
                                        .append(thread.getState());
                                for (StackTraceElement frame : stack) {
                                    text.append("\n    ").append(frame);
                                }
                            }
                        });
        return text.toString();
    }

    private synchronized void tell() {
        notifyAll();
    }

    private interface Choice {
        OutputStream of(Command command);
    }

    private static PrintStream routed(PrintStream usual, Choice stream) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) {
                        Command command = RUNNING.get();
                        if (command == null) {
                            usual.write(bytes, from, count);
                        } else {
                            ((ByteArrayOutputStream) stream.of(command)).write(bytes, from, count);
                            command.tell();
                        }
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }
}
