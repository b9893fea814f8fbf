package org.kernfield.shell.internal.verb;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Kernfield;
import org.kernfield.format.Table;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verbs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The verbs over the engine itself, for tables in a directory. */
abstract class TableShell {
    @TempDir Path home;
    @TempDir Path directory;

    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    Kernfield kernfield;
    Dispatcher verbs;
    Console console;

    @BeforeEach
    void open() {
        kernfield = Kernfield.open(home);
        verbs =
                Verbs.over(
                        kernfield.engine(), new PlainSurroundings(), (text, file, console) -> {});
        var print = new PrintStream(err, true, StandardCharsets.UTF_8);
        console = new Console(print, print, false, () -> 80, directory);
    }

    @AfterEach
    void close() {
        kernfield.close();
    }

    Reply reply(String verb, String... words) {
        return verbs.run(verb, List.of(words), console);
    }

    Map<String, ?> run(String verb, String... words) {
        return reply(verb, words).fields();
    }

    Path put(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    Table table(String name) throws IOException {
        return kernfield.engine().read(directory.resolve(name), Table.class);
    }
}
