package org.kernfield.kernel;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The guards of one derivative; null is the guard of what may differ from zero everywhere. */
final class Guards {
    /** More choices are gathered in one, so that sums of many stay cheap to build. */
    private static final int MOST = 32;

    /** How many choices one inside another are looked through. */
    private static final int DEPTH = 8;

    private final Map<Set<Guard.Choice>, Guard> known = new HashMap<>();
    private final Map<Integer, Expr> conditions = new HashMap<>();
    private final Program.Builder lines = new Program.Builder();

    /** The first of all conditions that are the same formula. */
    Expr first(Expr condition) {
        return conditions.computeIfAbsent(lines.line(condition), line -> condition);
    }

    /** The guard of one branch of a choice that has a guard itself. */
    Guard branch(Guard outer, Expr condition, boolean holds) {
        return of(Set.of(new Guard.Choice(condition, holds, outer)));
    }

    /** The guard of a sum. */
    Guard either(Guard a, Guard b) {
        if (a == null || b == null || a == b) {
            return a == b ? a : null;
        }
        var all = new LinkedHashSet<>(a.choices());
        for (Guard.Choice choice : b.choices()) {
            if (!isPartialWith(all, choice)) {
                return null;
            }
        }
        return all.size() <= MOST ? of(all) : of(Set.of(of(all).asOne()));
    }

    private Guard of(Set<Guard.Choice> choices) {
        return known.computeIfAbsent(choices, Guard::new);
    }

    /** Adds a choice; false if then one of them holds in any case. */
    private static boolean isPartialWith(Set<Guard.Choice> all, Guard.Choice added) {
        if (isCovered(all, added)) {
            return true;
        }
        if (!all.remove(added.opposite())) {
            all.removeIf(c -> isCovered(Set.of(added), c));
            return all.add(added);
        }
        // both branches: wherever the choice is made at all
        return added.outer() != null
                && added.outer().choices().stream().allMatch(c -> isPartialWith(all, c));
    }

    /** Whether one of {@code all} is seen to hold wherever {@code choice} does. */
    private static boolean isCovered(Set<Guard.Choice> all, Guard.Choice choice) {
        Guard.Choice c = choice;
        for (int depth = 0; depth < DEPTH && !all.contains(c); depth++) {
            Guard outer = c.outer();
            if (outer == null || outer.choices().size() > 1) {
                return outer != null && all.containsAll(outer.choices());
            }
            c = outer.choices().iterator().next();
        }
        return all.contains(c);
    }
}
