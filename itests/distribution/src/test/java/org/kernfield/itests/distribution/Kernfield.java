package org.kernfield.itests.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The assembled distribution, started as a user would start it.
 *
 * @param home its {@code KERNFIELD_HOME}
 */
record Kernfield(Path home) {
    private static final long PATIENCE_SECONDS = 120;

    /** Where this build put it; a test is skipped, saying so, when it has not been assembled. */
    static Path distribution() {
        var place = Path.of(System.getProperty("kernfield.distribution.built", "none"));
        assumeTrue(
                Files.exists(place.resolve("bin/kernfield")),
                () -> place + " has not been assembled; run mvn verify");
        return place.toAbsolutePath().normalize();
    }

    /** A running command, with the files that catch what it prints. */
    record Running(Process process, Path out, Path err) {
        Ended end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it still runs; it said " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** Sends a signal by its name, as the keyboard or a system that is short of memory does. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    Running start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(distribution().resolve("bin/kernfield").toString());
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** Any command line with this environment. */
    Running execute(List<String> command) throws IOException {
        Path place = Files.createDirectories(home.getParent());
        Path out = Files.createTempFile(place, "out", ".txt");
        Path err = Files.createTempFile(place, "err", ".txt");
        var builder = new ProcessBuilder(command);
        builder.environment().put("KERNFIELD_HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new Running(builder.start(), out, err);
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }
}
