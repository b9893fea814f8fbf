package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.kernfield.shell.internal.Completion;

import java.util.List;

/**
 * {@code kf:completion} makes a session complete Kernfield's commands; its profile calls it. {@code
 * kf:completion words} answers what may stand at the cursor; the console calls that.
 */
final class CompletionFunction implements Function {
    static final String NAME = "completion";

    private final Completion completion;

    CompletionFunction(Completion completion) {
        this.completion = completion;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        // JLine is there only when somebody is at the keyboard, hence a class of its own
        return arguments.isEmpty()
                ? JLineCompletion.install(session, completion)
                : JLineCompletion.words(session, completion);
    }
}
