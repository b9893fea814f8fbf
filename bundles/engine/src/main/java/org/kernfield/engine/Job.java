package org.kernfield.engine;

import org.kernfield.field.Model;
import org.kernfield.field.Task;
import org.osgi.annotation.versioning.ProviderType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A fit in this process. */
@ProviderType
public interface Job {
    String id();

    /** Where it stands now. */
    JobStatus status();

    /** What it is fitted to. */
    Task task();

    /** What was set for it, as text, by name. */
    Map<String, String> settings();

    /**
     * Tells {@code listener} about each change of state, and about progress a few times a second,
     * on the job's own thread; a listener must be quick. Closing the result ends it.
     */
    AutoCloseable listen(Consumer<JobStatus> listener);

    /** Waits until it has ended. */
    JobStatus await() throws InterruptedException;

    /** Waits until it has ended, at most {@code limit}; the status then. */
    JobStatus await(Duration limit) throws InterruptedException;

    /**
     * The fitted model, with metadata settings, seed, steps and metrics; no clock time.
     *
     * @throws FitException if it failed or has not finished; the message is a sentence
     */
    Model result();

    /**
     * The model that it would end with by the state it last let go of, at most some seconds old;
     * empty before the first, and once it has ended. It is made beside the job, on the best backend
     * that is there.
     *
     * @throws FieldUnavailable if a plugin for it is away
     */
    Optional<Model> draft();

    /** A handle on {@link #result}. */
    FieldHandle field();

    /** What it failed with. */
    Optional<Failure> failure();

    /**
     * Stops it at the end of its step, with a checkpoint to resume from; returns at once, {@link
     * #await()} waits for the checkpoint.
     */
    default void cancel() {
        ask(Wish.cancel());
    }

    /** Asks it to do something at the end of its step; returns at once. */
    void ask(Wish wish);

    /**
     * Moves it to another backend before its next step.
     *
     * @throws IllegalArgumentException if that is not there
     */
    default void swap(String backend) {
        ask(Wish.swap(backend));
    }

    /** Its log: a line for each move and other event, oldest first. */
    List<String> log();
}
