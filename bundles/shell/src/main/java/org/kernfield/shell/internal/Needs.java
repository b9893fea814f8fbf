package org.kernfield.shell.internal;

import java.util.List;

/** A verb that does not work without some of its options. */
public interface Needs extends Verb {
    List<Option> needed();

    /**
     * Checks that they are there.
     *
     * @throws Failure naming the first that is missing
     */
    default void check(Arguments arguments) {
        for (Option option : needed()) {
            if (!arguments.has(option)) {
                throw Failure.usage(
                        name(),
                        "--" + option.name() + " is missing",
                        "write ./kernfield " + Help.synopsis(this));
            }
        }
    }
}
