package org.kernfield.engine.internal;

import org.kernfield.engine.FitException;
import org.kernfield.field.Representation;
import org.kernfield.field.Task;

import java.util.Comparator;
import java.util.HashMap;
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
        var offers = new HashMap<Roster.Entry<Representation>, List<Class<? extends Task>>>();
        all.forEach(e -> offers.put(e, offers(e)));
        List<String> able =
                all.stream()
                        .filter(e -> fits(offers.get(e), task))
                        .sorted(
                                Comparator.comparing(
                                                (Roster.Entry<Representation> e) ->
                                                        !e.name.equals(USUAL.get(task.name())))
                                        .thenComparing(e -> !favours(offers.get(e), task))
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

    /** The kinds of tasks it fits, its favourite first; none if it cannot say. */
    private static List<Class<? extends Task>> offers(Roster.Entry<Representation> entry) {
        return Answers.or(List.of(), entry.name, () -> List.copyOf(entry.service.tasks()));
    }

    private static boolean fits(List<Class<? extends Task>> offers, Task task) {
        return offers.stream().anyMatch(c -> c.isInstance(task));
    }

    private static boolean favours(List<Class<? extends Task>> offers, Task task) {
        return fits(offers.subList(0, Math.min(1, offers.size())), task);
    }
}
