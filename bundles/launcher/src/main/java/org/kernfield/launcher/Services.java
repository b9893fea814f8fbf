package org.kernfield.launcher;

/**
 * What launcher and bundles say to each other, all of it in JDK types so that neither imports the
 * other.
 *
 * <ul>
 *   <li>A bundle registers a {@link java.util.function.ToIntFunction} with {@link #BATCH}{@code
 *       =true}; in batch mode it is called once with the argument vector ({@code String[]}) on the
 *       main thread, and what it returns is the exit status. When the user presses Ctrl-C that
 *       thread is interrupted and given {@link Framework#GRACE} to return.
 *   <li>The launcher registers a {@link java.util.function.Supplier} with {@link #PROBLEMS}{@code
 *       =true}; it gives a {@code Map<String, String>} from the symbolic name and version of each
 *       bundle that does not run to the reason in words, computed when asked.
 *   <li>It registers a {@link java.util.function.Function} with {@link #INSPECTION}{@code =true};
 *       from the path of a jar ({@code String}) it gives a {@code Map<String, Object>} of texts,
 *       truth values and lists: what the jar would bring and need, without running it.
 *   <li>It registers a {@link java.util.function.Function} with {@link #SOUNDNESS}{@code =true};
 *       from the path of a jar ({@code String}) it gives in words why the framework should not read
 *       it, {@code ""} if it may.
 *   <li>It registers the process's standard streams as {@link java.io.PrintStream}s with {@link
 *       #STREAM}{@code =out} and {@code =err}, as they were before any bundle put its own in their
 *       place.
 * </ul>
 */
final class Services {

    /** Service property that marks the function which runs one command. */
    static final String BATCH = "kernfield.batch";

    /** Service property that marks the supplier of what does not run, and why. */
    static final String PROBLEMS = "kernfield.problems";

    /** Service property that marks the function which looks into a jar. */
    static final String INSPECTION = "kernfield.inspection";

    /** Service property that marks the function which keeps jars from being read. */
    static final String SOUNDNESS = "kernfield.soundness";

    /** Service property that tells the standard streams apart. */
    static final String STREAM = "kernfield.stream";

    /** Framework property: the distribution's directory. */
    static final String DISTRIBUTION = "kernfield.distribution";

    /** Framework property: the user's directory with {@code jobs/ log/ cache/ plugins/}. */
    static final String HOME = "kernfield.home";

    /** Framework property: {@code batch} or {@code shell}. */
    static final String MODE = "kernfield.mode";

    private Services() {}
}
