package org.kernfield.shell.internal;

import org.kernfield.engine.Check;
import org.kernfield.engine.Plugin;
import org.kernfield.format.Codec;
import org.kernfield.format.Probe;
import org.kernfield.shell.internal.bench.Movable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the shell knows about the world the engine runs in; the framework, or plain Java. */
public interface Surroundings {
    /**
     * What can be swapped, with its state and, where it does not run, the reason in plain words.
     */
    List<Plugin> plugins();

    /**
     * What a jar would bring and need if it were plugged in; none of its code runs.
     *
     * @return texts, truth values and lists, in the order in which people read them
     * @throws IllegalArgumentException if it is no plugin, with the reason alone as message
     */
    Map<String, Object> inspect(Path jar);

    /** Whatever does not run and should. */
    List<Check> problems();

    /** Whether plugins may call native code; empty where none does. */
    default List<Check> nativeAccess() {
        return List.of();
    }

    /** What other bundles say about their own health. */
    default List<Check> health() {
        return List.of();
    }

    /** The name of the format and the type of what the file holds; empty if no codec knows it. */
    Optional<Format> format(Probe head);

    /** A small plugin to show how plugins are dropped in; empty where there is none. */
    Optional<Path> samplePlugin();

    /** The bundle a backend comes from, to be moved; empty where nothing can be moved. */
    default Optional<Movable> movable(String backend) {
        return Optional.empty();
    }

    /** A folder where a jar goes live; empty where there is none. */
    Optional<Path> dropFolder();

    /** Where the distribution lies; empty where there is none. */
    default Optional<Path> distribution() {
        return Optional.empty();
    }

    /** Name, version and state of the sources this was built from. */
    Build build();

    /**
     * What a codec says about a file.
     *
     * @param name of the format
     * @param type what the file holds
     */
    record Format(String name, Class<?> type) {
        /** As {@code codec} says. */
        public static Format of(Codec<?> codec) {
            return new Format(codec.name(), codec.type());
        }
    }

    /**
     * Where a build comes from.
     *
     * @param version of the distribution
     * @param commit of the sources, {@code unknown} where nobody recorded it
     */
    record Build(String version, String commit) {}
}
