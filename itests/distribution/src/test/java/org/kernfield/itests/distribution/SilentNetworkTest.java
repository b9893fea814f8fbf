package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/** Kernfield listens on no socket while it works. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "SKIPPED, NOT TESTED: there is no /proc/net here")
class SilentNetworkTest {
    private static final long PATIENCE_NANOS = 180_000_000_000L;

    @TempDir Path temp;

    @Test
    void aProcessThatFitsListensOnNoSocket() throws Exception {
        Assumptions.assumeTrue(
                OpenSockets.canBeSeen(), "SKIPPED, NOT TESTED: /proc/net cannot be read");
        var kernfield = new Kernfield(temp.resolve("home"));
        Path picture = Pictures.waves(temp.resolve("waves.png"), 64, 64);
        var fit =
                kernfield.start(
                        "fit",
                        picture.toString(),
                        "--kernels",
                        "40",
                        "--steps",
                        "100000000",
                        "--out",
                        temp.resolve("m.safetensors").toString());
        try {
            awaitFile(fit, temp.resolve("home/jobs/waves-1/state.safetensors"));
            assertThat(OpenSockets.of(fit.process().pid())).isEmpty();
        } finally {
            fit.signal("KILL");
            fit.end();
        }
    }

    private static void awaitFile(Kernfield.Running fit, Path file) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!file.toFile().exists()) {
            assertThat(fit.process().isAlive()).as("the fit runs").isTrue();
            assertThat(System.nanoTime()).as("nanoseconds").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    /** So that the test above cannot pass because nothing is ever seen. */
    @Test
    void socketsOfEachKindAreSeen() throws IOException {
        long own = ProcessHandle.current().pid();
        var inUse = UnixDomainSocketAddress.of(temp.resolve("socket"));
        try (var tcp = new ServerSocket(0);
                var udp = DatagramChannel.open(StandardProtocolFamily.INET).bind(null);
                var unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(inUse)) {
            assertThat(OpenSockets.of(own))
                    .anyMatch(s -> s.startsWith("tcp") && s.endsWith(port(tcp.getLocalPort())))
                    .anyMatch(
                            s ->
                                    s.startsWith("udp")
                                            && s.endsWith(port(udp.socket().getLocalPort())))
                    .anyMatch(s -> s.startsWith("unix") && s.endsWith("/socket"));
            assertThat(unix.isOpen()).isTrue();
        }
    }

    /** As the kernel writes it. */
    private static String port(int number) {
        return ":%04X".formatted(number);
    }
}
