package org.kernfield.shell.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Text;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** On Gogo itself, without a framework. */
class SessionsTest {
    private static final Path FILE = Path.of("s.gogo");

    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CommandProcessorImpl processor;

    /** Gogo calls a function object by the name it was added under. */
    public static final class Verbs {
        public Object version(CommandSession session, String[] words) {
            return new Text("version " + List.of(words));
        }

        public Object loud(CommandSession session, String[] words) {
            System.err.println("working");
            return new Text("done");
        }

        public Object fit(CommandSession session, String[] words) {
            throw Failure.usage("x", "unknown option", "look");
        }
    }

    @BeforeEach
    void start() {
        streams.start();
        processor = new CommandProcessorImpl(streams);
        processor.addCommand("kf", new Verbs());
        processor.addConverter(new ReplyConverter());
    }

    @AfterEach
    void stop() {
        processor.stop();
        streams.stop();
    }

    @Test
    void aCommandInParenthesesMayWriteToTheStreamsOfTheProcess() throws Exception {
        var raw = new PrintStream(out, true, StandardCharsets.UTF_8);
        // as on the command line: what a script writes to is Gogo's own standard output
        var console = Console.plain(System.out, System.err);
        new Sessions(processor, new ProcessStreams(raw, raw))
                .execute("a = (kf:loud)\n", FILE, console);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("working");
    }

    private String run(String script) throws Exception {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Sessions(processor, new ProcessStreams(System.out, System.err))
                .execute(script, FILE, Console.plain(print, print));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTheResultOfEachStatement() throws Exception {
        assertThat(run("# first\nversion a; kf:version 'b c'\n\nversion"))
                .isEqualToNormalizingNewlines("version [a]\nversion [b c]\nversion []\n");
    }

    @Test
    void stopsAtTheFirstFailure() {
        assertThatThrownBy(() -> run("version 1\nfit\nversion 2"))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.status()).isEqualTo(Failure.USAGE));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("[1]").doesNotContain("[2]");
    }

    @Test
    void namesAnUnknownCommand() {
        assertThatThrownBy(() -> run("versoin"))
                .hasMessage("s.gogo: versoin: unknown command; see ./kernfield help");
    }

    @Test
    void namesAFaultInTheScript() {
        assertThatThrownBy(() -> run("version (")).hasMessageStartingWith("s.gogo: ");
    }

    @Test
    void keepsStatementsOnSeveralLinesTogether() {
        assertThat(Sessions.statements("a = {\n b c\n}\nx | y && z & w"))
                .containsExactly("a = {\n b c\n}", "x | y && z &", "w");
    }

    @Test
    void givesTheCommandLineWordForWord() throws Exception {
        try (var session = processor.createSession(System.in, out, out)) {
            var function = (Function) session.get("kf:version");
            Object reply = function.execute(session, List.of("$x", "a b", "--y=(z)"));
            assertThat(((Text) reply).text()).isEqualTo("version [$x, a b, --y=(z)]");
        }
    }
}
