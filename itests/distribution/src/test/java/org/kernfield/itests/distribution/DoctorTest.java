package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the doctor says of machines that lack something, made so by options of the process. */
@DisabledOnOs(OS.WINDOWS)
class DoctorTest {
    private static final String DRIVER = "/proc/driver/nvidia/version";

    @TempDir Path temp;

    /** A command with settings of the environment, {@code NAME=value}. */
    private Ended run(List<String> settings, String... arguments) throws Exception {
        return run(temp.resolve("home"), List.of(), settings, arguments);
    }

    private static Ended run(
            Path home, List<String> before, List<String> settings, String... arguments)
            throws Exception {
        var words = new ArrayList<>(before);
        words.add("env");
        words.addAll(settings);
        words.add(Kernfield.distribution().resolve("bin/kernfield").toString());
        words.addAll(List.of(arguments));
        return new Kernfield(home).execute(words).end().well();
    }

    private static void assertSays(
            Ended doctor, String check, boolean ok, String why, String remedy) {
        assertThat(doctor.out())
                .containsPattern(
                        "\"check\": \"%s\", \"ok\": %s, \"why\": \"[^\"]*%s[^\"]*\","
                                        .formatted(check, ok, why)
                                + " \"remedy\": \"[^\"]*"
                                + remedy);
    }

    @Test
    void anOpenBlasThatIsNotThere() throws Exception {
        var nowhere = List.of("KERNFIELD_OPENBLAS=/nonexistent");
        Ended doctor = run(nowhere, "doctor", "--json");
        assertSays(doctor, "openblas", false, "/nonexistent", "install libopenblas0-pthread");
        assertSays(doctor, "linear algebra", true, "cpu \\(100\\) comes first, then reference", "");
        assertThat(run(nowhere, "plugins", "--json").out())
                .containsPattern("plugin.openblas\", [^}]*\"why\": \"[^\"]*/nonexistent");
    }

    @Test
    void anOpenBlasThatIsTurnedOff() throws Exception {
        var off = List.of("KERNFIELD_OPENBLAS=none");
        assertSays(run(off, "doctor", "--json"), "openblas", true, "turned off", "");
        assertThat(run(off, "plugins", "--json").out())
                .containsPattern("plugin.openblas\", [^}]*\"why\": \"turned off");
    }

    @Test
    void pluginsThatCallNativeCodeMayDoSo() throws Exception {
        Ended doctor = run(List.of(), "doctor", "--json");
        assertSays(doctor, "native access", true, "allowed, for org.kernfield.plugin.openblas", "");
    }

    @Test
    void aSmallHeap() throws Exception {
        var small = List.of("KERNFIELD_JVM_OPTIONS=-Xmx300m");
        assertSays(run(small, "doctor", "--json"), "heap", false, "MB at most", "-Xmx2g");
        var large = List.of("KERNFIELD_JVM_OPTIONS=-Xmx1g");
        assertSays(run(large, "doctor", "--json"), "heap", true, "MB at most", "");
    }

    /** One of 100 MB, mounted in a name space that goes with the process. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsAlmostFull() throws Exception {
        Path home = Files.createDirectory(temp.resolve("small"));
        var mounted =
                List.of(
                        // which answers with a status where the next is not installed
                        "env",
                        "unshare",
                        "-rm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=100m tmpfs \"$0\" && exec \"$@\"",
                        home.toString());
        var attempt = new ArrayList<>(mounted);
        attempt.add("true");
        assumeTrue(
                new Kernfield(home).execute(attempt).end().status() == 0,
                "SKIPPED, NOT TESTED: no small disk can be mounted here (unshare -rm, mount)");
        Ended doctor = run(home, mounted, List.of(), "doctor", "--json");
        assertSays(doctor, "disk", false, "is writable, [0-9]+ MB free", "free some space");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theDriverOfADevice() throws Exception {
        String words = Files.exists(Path.of(DRIVER)) ? "an NVIDIA driver is" : "no NVIDIA driver";
        assertSays(run(List.of(), "doctor", "--json"), "gpu", true, words, "");
    }
}
