package org.kernfield.shell.internal.progress;

import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.shell.internal.Console;

/** Shows how a job goes: one line written over on a terminal, else a plain line now and then. */
public final class Progress implements AutoCloseable {
    /** Between two plain lines, in nanoseconds. */
    private static final long PAUSE = 5_000_000_000L;

    private final Console console;
    private final int columns;
    private long lastLine = System.nanoTime() - PAUSE;
    private int shown;

    public Progress(Console console) {
        this.console = console;
        this.columns = console.terminal() ? console.columns().getAsInt() : Console.COLUMNS;
    }

    /** Shows {@code status}, as often as is pleasant. */
    public void show(JobStatus status) {
        if (console.terminal()) {
            over(ProgressLine.bar(status, columns - 1));
        } else if (status.step() > 0 && System.nanoTime() - lastLine >= PAUSE
                || isResting(status) && System.nanoTime() - lastLine >= PAUSE) {
            lastLine = System.nanoTime();
            console.err().println(ProgressLine.plain(status));
            console.err().flush();
        }
    }

    private static boolean isResting(JobStatus status) {
        return status.state() == JobState.WAITING || status.state() == JobState.PAUSED;
    }

    /** A line of its own above the bar. */
    public void say(String line) {
        clear();
        console.err().println(line);
        console.err().flush();
    }

    private void over(String line) {
        var text = new StringBuilder("\r").append(line);
        text.repeat(' ', Math.max(0, shown - line.length()));
        shown = line.length();
        console.err().print(text);
        console.err().flush();
    }

    private void clear() {
        if (shown > 0) {
            over("");
            console.err().print('\r');
            console.err().flush();
            shown = 0;
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        clear();
    }
}
