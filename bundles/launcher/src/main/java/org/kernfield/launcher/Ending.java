package org.kernfield.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the process ends, in order or by Ctrl-C: the running command is interrupted and
 * given time to come to an end, then the bundles are stopped, then the storage is removed.
 */
final class Ending extends Thread {

    private final Framework framework;
    private final Thread command;
    private final CountDownLatch finished = new CountDownLatch(1);

    Ending(Framework framework, Thread command) {
        super("kernfield-ending");
        this.framework = framework;
        this.command = command;
    }

    /** The command has returned; nothing is left to interrupt. */
    void finished() {
        finished.countDown();
    }

    @Override
    public void run() {
        if (finished.getCount() > 0) {
            command.interrupt();
        }
        try {
            finished.await(Framework.GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        framework.stop();
    }
}
