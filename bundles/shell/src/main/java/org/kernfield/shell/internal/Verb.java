package org.kernfield.shell.internal;

import org.kernfield.field.Setting;

import java.util.List;
import java.util.stream.Stream;

/** A command: what it takes, and what it does. Parsing, help and completion come from here. */
public interface Verb {
    String name();

    /** One sentence without a full stop. */
    String summary();

    default List<Operand> operands() {
        return List.of();
    }

    /** Its own options, beside {@code --json} and {@code --help}. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Settings that are options as well: those of representations. Asked for when somebody types,
     * because plugins come and go.
     *
     * @param representation the representation that was named, or null
     */
    default List<Setting<?>> settings(String representation) {
        return List.of();
    }

    /**
     * Does it.
     *
     * @throws Failure with the sentence for the user
     * @throws Exception what {@link Sentences} turns into one
     */
    Reply run(Arguments arguments, Console console) throws Exception;

    /** Every option, the common ones last. */
    default List<Option> allOptions() {
        return Stream.concat(options().stream(), Stream.of(Option.JSON, Option.HELP)).toList();
    }
}
