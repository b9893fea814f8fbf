package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Verb;

/** What this is, and what it runs on. */
public final class VersionVerb implements Verb {
    private final Surroundings surroundings;

    public VersionVerb(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Tell the version of Kernfield and Java";
    }

    @Override
    public Reply run(Arguments arguments, Console console) {
        var build = surroundings.build();
        String java = Runtime.version().toString();
        return new Facts(
                Facts.map("version", build.version(), "commit", build.commit(), "java", java),
                "Kernfield %s (%s) on Java %s".formatted(build.version(), build.commit(), java));
    }
}
