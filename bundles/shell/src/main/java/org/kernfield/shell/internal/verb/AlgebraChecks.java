package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Check;
import org.kernfield.engine.Plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which linear algebra is used, and what is wrong with the others. */
final class AlgebraChecks {
    private static final String READY = "ready";

    private AlgebraChecks() {}

    /**
     * One check of all that are in service, and one of each that is not.
     *
     * @param algebras the one that is called by default first
     */
    static List<Check> of(List<Plugin> algebras) {
        var checks = new ArrayList<Check>();
        checks.add(inService(algebras.stream().filter(a -> a.state().equals(READY)).toList()));
        algebras.stream()
                .filter(a -> !a.state().equals(READY))
                .map(
                        a ->
                                Check.bad(
                                        "linear algebra " + a.name(),
                                        a.state() + ": " + a.why(),
                                        "restart its plugin, or leave it to the others"))
                .forEach(checks::add);
        return checks;
    }

    private static Check inService(List<Plugin> ready) {
        if (ready.isEmpty()) {
            return Check.bad("linear algebra", "there is none", "start the cpu plugin's bundle");
        }
        List<String> names = ready.stream().map(a -> a.name() + " (" + a.ranking() + ")").toList();
        String others = names.stream().skip(1).collect(Collectors.joining(", "));
        return Check.good(
                "linear algebra",
                names.getFirst() + " comes first" + (others.isEmpty() ? "" : ", then " + others));
    }
}
