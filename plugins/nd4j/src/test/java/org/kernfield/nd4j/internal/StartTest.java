package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What is wrong with ND4J is said in one line, and the engine goes on. */
class StartTest {
    private static final String ALLOWED = "--enable-native-access=ALL-UNNAMED";

    @TempDir Path directory;

    /** The class path without jars whose names contain {@code left out}. */
    private static String classPath(String leftOut) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> leftOut.isEmpty() || !entry.matches(leftOut))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What a process says: lines of its output that are about ND4J or the engine. */
    private List<String> run(List<String> options, String classPath, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-Dkernfield.openblas=none");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, StartMain.class.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs: " + Files.readString(out));
        }
        return Files.readAllLines(out).stream()
                .map(l -> l.replaceFirst("^.* WARN .*- (?=nd4j: )", ""))
                .filter(l -> l.startsWith("nd4j: ") || l.equals("started") || l.startsWith("eng"))
                .toList();
    }

    private static String cache(Path path) {
        return "-D" + Nd4jRuntime.CACHE + "=" + path;
    }

    private static void said(List<String> lines, String words) {
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("nd4j: ").contains(words).contains("; ");
        assertThat(lines.get(1)).isEqualTo("engine: 5.0");
    }

    @Test
    void missingNatives() throws Exception {
        said(
                run(List.of(ALLOWED), classPath(".*nd4j-native-1.*linux-x86_64.*")),
                "cannot be loaded");
    }

    @Test
    void wrongNatives() throws Exception {
        Path wrong = directory.resolve("wrong/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64");
        Files.createDirectories(wrong);
        for (String name : new String[] {"libnd4jcpu.so", "libjnind4jcpu.so"}) {
            Files.writeString(wrong.resolve(name), "made for another machine");
        }
        String path = directory.resolve("wrong") + File.pathSeparator + classPath("");
        said(run(List.of(ALLOWED, cache(directory.resolve("c"))), path), "cannot be loaded");
    }

    /** JavaCPP then takes the next place that it knows, in the end the temporary directory. */
    @Test
    void startsFromElsewhereIfItsCacheCannotBeWritten() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Path cache = file.resolve("cache");
        List<String> lines = run(List.of(ALLOWED, cache(cache)), classPath(""));
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .startsWith("nd4j: " + cache + ": native libraries cannot be unpacked there")
                .contains("; make it writable");
        assertThat(lines.subList(1, 3)).containsExactly("started", "engine: 5.0");
    }

    /** What was unpacked in part does no harm later. */
    @Test
    void fullDiskWhileUnpackingAndRoomAgain() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        Assumptions.assumeTrue(
                mount("-t", "tmpfs", "-o", "size=60m", "tmpfs", small.toString()),
                "SKIPPED, NOT TESTED: may not mount a small file system");
        try {
            List<String> options = List.of(ALLOWED, cache(small));
            said(run(options, classPath("")), "the disk is full");
            assertThat(mount("-o", "remount,size=600m", small.toString())).isTrue();
            assertThat(run(options, classPath(""))).containsExactly("started", "engine: 5.0");
        } finally {
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
        }
    }

    private static boolean mount(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    @Test
    void nativeAccessIsDenied() throws Exception {
        said(
                run(List.of("--illegal-native-access=deny"), classPath("")),
                "start java with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void twoVersionsAtOnce() throws Exception {
        List<String> lines = run(List.of(ALLOWED), classPath(""), "twice");
        assertThat(lines.getFirst()).isEqualTo("started");
        said(lines.subList(1, 3), "another copy of ND4J's libraries");
    }

    /** OpenBLAS told to take the code for another processor computes the same, to rounding. */
    @Test
    void startsWithTheKernelsOfHaswell() throws Exception {
        assertThat(System.getenv("OPENBLAS_CORETYPE")).isNull();
        var command =
                List.of(
                        "env",
                        "OPENBLAS_CORETYPE=Haswell",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        ALLOWED,
                        "-cp",
                        classPath(""),
                        StartMain.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(out.lines()).contains("started", "engine: 5.0");
    }
}
