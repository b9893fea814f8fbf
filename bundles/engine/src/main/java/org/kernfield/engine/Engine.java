package org.kernfield.engine;

import org.kernfield.backend.Array;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Model;
import org.kernfield.field.Setting;
import org.kernfield.field.Task;
import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits tasks as jobs and answers for fitted models, on whatever plugins are there at the moment. It
 * hands out records and handles, never a plugin's own objects, so nothing got from it keeps a
 * plugin from leaving.
 */
@ProviderType
public interface Engine {
    /** Where jobs, log and caches live; {@code KERNFIELD_HOME} or {@code ~/.kernfield}. */
    Path home();

    /** Backends, the one a job takes by default first. */
    List<Plugin> backends();

    /** Dense linear algebra, first the one that a step calls by default. */
    List<Plugin> algebras();

    /** Representations by name. */
    List<Plugin> representations();

    /** Codecs by name. */
    List<Plugin> codecs();

    /** Task readers by name. */
    List<Plugin> readers();

    /**
     * Waits, some seconds at most, for a representation or a backend that has just left: it is
     * probably being updated. Returns at once where they are here, or never were.
     *
     * @param representation its name, or null
     * @param backend its name, or null
     * @return whether those that are named are here
     */
    boolean awaitUpdate(String representation, String backend);

    /**
     * What a user may set for a representation, its readers' settings included.
     *
     * @param representation its name, or null for the settings of all
     * @throws IllegalArgumentException for a representation that is not there
     */
    List<Setting<?>> settings(String representation);

    /**
     * Reads what could be fitted, with whichever reader accepts it.
     *
     * @param settings of the reader; others are passed over
     * @throws IOException if the input cannot be read ({@link org.kernfield.format.FormatException}
     *     for its content)
     * @throws org.kernfield.field.SettingException for settings that do not suit it
     */
    Task task(Path input, Map<String, String> settings) throws IOException;

    /**
     * Starts a fit. The input is read and the settings are checked before this returns; the fit
     * itself runs on the engine's own threads.
     *
     * @throws IOException if the input cannot be read ({@link org.kernfield.format.FormatException}
     *     for its content)
     * @throws org.kernfield.field.SettingException for settings that cannot be used
     * @throws IllegalArgumentException for a representation or backend that is not there
     * @throws FitException if the representation refuses the task
     */
    Job submit(FitRequest request) throws IOException;

    /**
     * Goes on with a stored job from its last checkpoint, under its old id.
     *
     * @throws IllegalArgumentException if there is no such job, it is finished, or it runs
     * @throws IOException if its input or checkpoint cannot be read
     */
    Job resume(String id, Resume changes) throws IOException;

    /** The live jobs and those stored under {@link #home}, oldest first. */
    List<JobStatus> jobs();

    /** A live job of this engine. */
    Optional<Job> job(String id);

    /**
     * Asks a job to do something at the end of its step, also one that another process runs in the
     * same {@link #home}, which looks about every half second.
     *
     * @throws IllegalArgumentException if there is no such job, it does not run, or the wish names
     *     a backend that is not there
     * @throws IOException if the wish cannot be left for the other process
     */
    void ask(String job, Wish wish) throws IOException;

    /**
     * Removes a job that has ended, here and under {@link #home}.
     *
     * @throws IllegalArgumentException if there is no such job, or it runs
     * @throws IOException if its files cannot be removed
     */
    void forget(String job) throws IOException;

    /**
     * Compares what a backend computes with the formulas themselves, and takes it back into service
     * if it had been taken out and is well.
     *
     * @return what was tried
     * @throws IllegalArgumentException if it is not there
     */
    List<Check> selfTest(String backend);

    /**
     * Lends a backend for the length of one call, for example to measure it. A backend that leaves
     * meanwhile waits for the end as it waits for a job's step.
     *
     * @throws IllegalArgumentException if it is not there
     */
    <T> T borrow(String backend, Loan<T> use);

    /** Opens a model; cheap, the representation is asked on each call of the handle. */
    FieldHandle open(Model model);

    /** Reads a model file with whichever codec knows it, and opens it. */
    FieldHandle open(Path model) throws IOException;

    /**
     * Reads a file with the codec that recognises its content.
     *
     * @param type what is wanted, for example {@link org.kernfield.field.Image}
     * @throws org.kernfield.format.FormatException if no codec knows it, or its content is broken
     */
    <T> T read(Path file, Class<T> type) throws IOException;

    /** Writes a value with the codec for its type and the file's extension, whole or not at all. */
    void write(Object value, Path file) throws IOException;

    /**
     * Computes one reduction on the best backend.
     *
     * @param arrays by slot name; see {@link org.kernfield.backend.Args}
     * @param uniforms by slot name
     * @return a float32 array for each output of the kernel
     */
    Map<String, Array> evaluate(
            Reduction reduction,
            Queries queries,
            Map<String, Array> arrays,
            Map<String, double[]> uniforms);

    /** What is well and what is not: Java, memory, disk, plugins, left-overs. */
    List<Check> checks();
}
