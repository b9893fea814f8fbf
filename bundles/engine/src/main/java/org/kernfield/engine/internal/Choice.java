package org.kernfield.engine.internal;

import org.kernfield.engine.FitException;
import org.kernfield.field.Representation;
import org.kernfield.field.Task;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which representation a task gets. */
final class Choice {
    /** Where several favour a task, the one that people expect. */
    private static final Map<String, String> USUAL = Map.of("image", "rbf");

    private Choice() {}

    /**
     * The name of the representation.
     *
     * @param asked by the user, or null
     * @throws IllegalArgumentException if it is not here
     * @throws FitException if it does not fit such tasks, or none does
     */
    static String of(Roster<Representation> representations, Task task, String asked) {
        var all = representations.snapshot();
        List<String> able =
                all.stream()
                        .filter(e -> fits(e.service, task))
                        .sorted(
                                Comparator.comparing(
                                                (Roster.Entry<Representation> e) ->
                                                        !e.name.equals(USUAL.get(task.name())))
                                        .thenComparing(e -> !favours(e.service, task))
                                        .thenComparing(e -> e.name))
                        .map(e -> e.name)
                        .distinct()
                        .toList();
        if (asked == null) {
            if (able.isEmpty()) {
                throw new FitException(
                        task.name()
                                + ": no representation for such a task is here; see `kernfield"
                                + " representations`");
            }
            return able.getFirst();
        }
        if (all.stream().noneMatch(e -> e.name.equals(asked))) {
            throw new IllegalArgumentException(
                    Sentences.unknown("representation", asked, representations.names()));
        }
        if (!able.contains(asked)) {
            throw new FitException(
                    asked + ": does not fit " + task.name() + " tasks; use one of " + able);
        }
        return asked;
    }

    private static boolean fits(Representation representation, Task task) {
        return representation.tasks().stream().anyMatch(c -> c.isInstance(task));
    }

    private static boolean favours(Representation representation, Task task) {
        return representation.tasks().stream().limit(1).anyMatch(c -> c.isInstance(task));
    }
}
