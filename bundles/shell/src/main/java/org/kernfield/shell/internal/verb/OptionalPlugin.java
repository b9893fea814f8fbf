package org.kernfield.shell.internal.verb;

import java.util.List;
import java.util.Optional;

/**
 * A plugin that does not come with the distribution.
 *
 * @param name what people call it
 * @param brings one line for people
 * @param artifacts its jars, by their Maven names, in the order in which they are plugged in
 */
record OptionalPlugin(String name, String brings, List<String> artifacts) {
    private static final List<OptionalPlugin> KNOWN =
            List.of(
                    new OptionalPlugin(
                            "nd4j",
                            "backend and linear algebra on ND4J",
                            List.of(
                                    "kernfield-nd4j-libs",
                                    "kernfield-nd4j-api",
                                    "kernfield-nd4j")));

    static Optional<OptionalPlugin> named(String name) {
        return KNOWN.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return KNOWN.stream().map(OptionalPlugin::name).toList();
    }

    /** What a jar is called in the drop folder. */
    static String file(String artifact) {
        return artifact + ".jar";
    }
}
