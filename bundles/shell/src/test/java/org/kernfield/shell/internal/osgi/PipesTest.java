package org.kernfield.shell.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands one after the other on Gogo itself, the file of each being the input of the next. */
class PipesTest {
    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final List<String> done = new ArrayList<>();
    private CommandProcessorImpl processor;

    /** Says what it was given, and that it has written what it was asked for. */
    private record Making(String name, List<String> done) implements Verb {
        @Override
        public String summary() {
            return "for tests";
        }

        @Override
        public List<Operand> operands() {
            return List.of(Operand.required("IN", Wants.FILE), Operand.required("OUT", Wants.FILE));
        }

        @Override
        public Reply run(Arguments arguments, Console console) {
            String out = arguments.operand(1);
            synchronized (done) {
                done.add(name + " " + arguments.operand(0) + " " + out);
            }
            return out.equals("nothing")
                    ? new Facts(Facts.map("ok", true), "fine")
                    : new Facts(Facts.map("out", out), "made " + out);
        }
    }

    @BeforeEach
    void start() {
        streams.start();
        processor = new CommandProcessorImpl(streams);
        var verbs = new Dispatcher(List.of(new Making("convert", done), new Making("edit", done)));
        for (Verb verb : verbs.verbs()) {
            processor.addCommand("kf", new VerbFunction(verbs, verb.name(), false), verb.name());
        }
        processor.addConverter(new ReplyConverter());
    }

    @AfterEach
    void stop() {
        processor.stop();
        streams.stop();
    }

    private String run(String script) throws Exception {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (var session =
                processor.createSession(new ByteArrayInputStream(new byte[0]), print, print)) {
            Object last = session.execute(script);
            return last instanceof Reply reply ? reply.text() : String.valueOf(last);
        }
    }

    @Test
    void aReplyInParenthesesStandsForItsFile() throws Exception {
        assertThat(run("kf:edit (kf:convert a.spz \"b c.ply\") d.sog")).isEqualTo("made d.sog");
        assertThat(done).containsExactly("convert a.spz b c.ply", "edit b c.ply d.sog");
    }

    @Test
    void aVariableHoldsAReply() throws Exception {
        run("x = (kf:convert a.spz b.ply)\nkf:edit $x c.ply\nkf:edit $x d.ply");
        assertThat(done)
                .containsExactly("convert a.spz b.ply", "edit b.ply c.ply", "edit b.ply d.ply");
    }

    @Test
    void aDashStandsForTheFileThatComesDownThePipe() throws Exception {
        run("kf:convert a.spz 'b \"ä.ply' --json | kf:edit - c.ply --json | kf:edit - d.ply");
        assertThat(done)
                .containsExactlyInAnyOrder(
                        "convert a.spz b \"ä.ply", "edit b \"ä.ply c.ply", "edit c.ply d.ply");
    }

    @Test
    void whatNamesNoFileIsRefused() {
        assertThatThrownBy(() -> run("kf:edit (kf:convert a nothing) d.sog"))
                .hasMessageContaining("names no file");
    }
}
