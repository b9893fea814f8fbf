package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.CommandSession;
import org.jline.builtins.Completers.CompletionData;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.kernfield.shell.internal.Completion;
import org.kernfield.shell.internal.Failure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hands {@link Completion} to the console in JLine's classes. */
final class JLineCompletion {
    /** Where Gogo's shell keeps the completions of a session, by command. */
    private static final String COMPLETIONS = ".completions";

    /** Where it puts the line that is being completed. */
    private static final String LINE = ".commandLine";

    private static final String PREFIX = ShellComponent.SCOPE + ":";

    private JLineCompletion() {}

    /** Puts a map into the session that answers for Kernfield's commands by asking. */
    static Object install(CommandSession session, Completion completion) {
        var map = new Live(completion);
        if (session.get(COMPLETIONS) instanceof Map<?, ?> before) {
            before.forEach((command, data) -> map.put((String) command, data));
        }
        session.put(COMPLETIONS, map);
        return null;
    }

    static Object words(CommandSession session, Completion completion) {
        if (!(session.get(LINE) instanceof ParsedLine line)) {
            return List.of();
        }
        var before = new ArrayList<String>(line.words().subList(0, line.wordIndex()));
        before.set(0, bare(before.getFirst()));
        String begun = line.word().substring(0, line.wordCursor());
        return completion.words(before, begun, session.currentDir()).stream()
                .map(JLineCompletion::candidate)
                .toList();
    }

    private static Candidate candidate(Completion.Word word) {
        String doc = word.doc().isEmpty() ? null : word.doc();
        return new Candidate(word.value(), word.value(), null, doc, null, null, word.finished());
    }

    private static String bare(String command) {
        return command.startsWith(PREFIX) ? command.substring(PREFIX.length()) : command;
    }

    /** Settings come and go with plugins, so options are looked up when they are wanted. */
    private static final class Live extends HashMap<String, Object> {
        private static final long serialVersionUID = 1L;
        private final transient Completion completion;

        Live(Completion completion) {
            this.completion = completion;
        }

        @Override
        public Object get(Object command) {
            String name = (String) command;
            return name != null && name.startsWith(PREFIX) ? of(bare(name)) : super.get(command);
        }

        private List<CompletionData> of(String verb) {
            var data = new ArrayList<CompletionData>();
            try {
                for (var option : completion.options(verb)) {
                    data.add(new CompletionData(List.of(option.value()), option.doc(), null, null));
                }
            } catch (Failure unknown) {
                return List.of();
            }
            String words = PREFIX + CompletionFunction.NAME + " words";
            data.add(new CompletionData(null, null, words, null));
            return data;
        }
    }
}
