package org.kernfield.shell.internal.verb;

import org.kernfield.scene.Splats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of splats a format could not hold. */
final class LeftOut {
    private LeftOut() {}

    /**
     * A line for each kind of thing that is missing, for people.
     *
     * @param written to the file
     * @param read from it again
     */
    static List<String> of(Splats written, Splats read, Path file) {
        var lines = new ArrayList<String>();
        if (read.degree() < written.degree()) {
            int first = read.degree() + 1;
            String degrees =
                    first == written.degree()
                            ? "degree " + first
                            : "degrees %d to %d".formatted(first, written.degree());
            lines.add(
                    "colours of %s left out (%s holds degree %d)"
                            .formatted(degrees, ending(file), read.degree()));
        }
        List<String> further =
                written.extra().keySet().stream()
                        .filter(name -> !read.extra().containsKey(name))
                        .toList();
        if (!further.isEmpty()) {
            lines.add("further properties left out: " + String.join(", ", further));
        }
        return lines;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }
}
