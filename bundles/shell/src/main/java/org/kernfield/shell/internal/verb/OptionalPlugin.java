package org.kernfield.shell.internal.verb;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin that does not come with the distribution.
 *
 * @param name what people call it
 * @param brings one line for people
 * @param artifacts its jars, by their Maven names, in the order in which they are plugged in
 * @param libraries the one of them that has the native libraries
 * @param loaded the system property that is set once this process has loaded those
 */
record OptionalPlugin(
        String name, String brings, List<String> artifacts, String libraries, String loaded) {
    private static final List<OptionalPlugin> KNOWN =
            List.of(
                    new OptionalPlugin(
                            "nd4j",
                            "backend and linear algebra on ND4J",
                            List.of("kernfield-nd4j-libs", "kernfield-nd4j-api", "kernfield-nd4j"),
                            "kernfield-nd4j-libs",
                            "kernfield.nd4j.loader"));

    static Optional<OptionalPlugin> named(String name) {
        return KNOWN.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return KNOWN.stream().map(OptionalPlugin::name).toList();
    }

    /**
     * Whether the plugin waits for a new process: native libraries stay with the class loader that
     * has loaded them, and a jar that comes anew gets another.
     *
     * @param copied artifacts whose jars have come anew
     */
    boolean needsRestart(Set<String> copied) {
        return copied.contains(libraries) && System.getProperty(loaded) != null;
    }

    /** What a jar is called in the drop folder. */
    static String file(String artifact) {
        return artifact + ".jar";
    }
}
