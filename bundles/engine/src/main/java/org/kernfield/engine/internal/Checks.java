package org.kernfield.engine.internal;

import org.kernfield.engine.Check;
import org.kernfield.engine.Plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at everything a fit needs, and says in plain words what is missing. */
final class Checks {
    private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");

    /** 25.0.0 to 25.0.2 can corrupt pinned arrays under G1 (JDK-8377811). */
    private static final Runtime.Version OLDEST = Runtime.Version.parse("25.0.3");

    private static final long SMALLEST_HEAP = 512_000_000;
    private static final long SMALLEST_DISK = 200_000_000;

    private final FieldEngine engine;
    private final JobStore store;

    Checks(FieldEngine engine, JobStore store) {
        this.engine = engine;
        this.store = store;
    }

    List<Check> all() {
        var checks = new ArrayList<Check>();
        checks.add(java(Runtime.version()));
        checks.add(vectors());
        checks.add(heap(Runtime.getRuntime().maxMemory()));
        checks.add(cores());
        checks.add(gpu(NVIDIA_DRIVER));
        checks.add(disk(engine.home()));
        checks.add(present("backends", engine.backends(), "start the cpu plugin's bundle"));
        checks.add(
                present(
                        "representations",
                        engine.representations(),
                        "start a representation's bundle, for example rbf"));
        checks.add(present("codecs", engine.codecs(), "start the io bundle"));
        engine.backends().stream()
                .filter(b -> b.state().equals("out of service"))
                .forEach(
                        b ->
                                checks.add(
                                        Check.bad(
                                                "backend " + b.name(),
                                                b.why(),
                                                "`kernfield selftest "
                                                        + b.name()
                                                        + "` brings it back if it is well")));
        engine.shortfalls().forEach((backend, sentences) -> checks.add(speed(backend, sentences)));
        if (!engine.overrun().isEmpty()) {
            checks.add(
                    Check.bad(
                            "departures",
                            engine.overrun(),
                            "restart the engine; a plugin's step should take 200 ms at most"));
        }
        checks.add(jobs());
        return checks;
    }

    static Check java(Runtime.Version version) {
        return version.compareToIgnoreOptional(OLDEST) >= 0
                ? Check.good("java", "JDK " + version)
                : Check.bad(
                        "java",
                        "JDK " + version + " is older than 25.0.3, which mends JDK-8377811",
                        "install JDK 25.0.3 or newer");
    }

    private static Check vectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? Check.good("vector api", "jdk.incubator.vector is there")
                : Check.bad(
                        "vector api",
                        "jdk.incubator.vector is not in this process; the cpu backend needs it",
                        "start java with --add-modules jdk.incubator.vector");
    }

    static Check heap(long bytes) {
        String size = bytes / 1_000_000 + " MB at most";
        return bytes >= SMALLEST_HEAP
                ? Check.good("heap", size)
                : Check.bad("heap", size, "give -Xmx2g or more in KERNFIELD_JVM_OPTIONS");
    }

    private static Check cores() {
        return Check.good("cores", WorkPool.cores() + " for computing");
    }

    /** Having none is no fault, but people ask why nothing runs on one. */
    static Check gpu(Path driver) {
        return Check.good(
                "gpu",
                Files.exists(driver)
                        ? "an NVIDIA driver is loaded; only a backend made for it uses the device"
                        : "no NVIDIA driver is loaded; everything is computed on the cores");
    }

    static Check disk(Path home) {
        try {
            Files.createDirectories(home);
            Files.delete(Files.createTempFile(home, "check", ".part"));
            long free = Files.getFileStore(home).getUsableSpace();
            String found = home + " is writable, " + free / 1_000_000 + " MB free";
            return free >= SMALLEST_DISK
                    ? Check.good("disk", found)
                    : Check.bad("disk", found, "free some space, or set KERNFIELD_HOME elsewhere");
        } catch (IOException e) {
            return Check.bad(
                    "disk",
                    home + " cannot be written (" + e + ")",
                    "change its permissions, or set KERNFIELD_HOME to another directory");
        }
    }

    /** Sentences {@code <what>: <what is wrong>; <what to do>}, if the backend keeps to that. */
    static Check speed(String backend, List<String> sentences) {
        if (sentences.isEmpty()) {
            return Check.good("speed of " + backend, "nothing is known to be slow");
        }
        String first = sentences.getFirst();
        int end = first.lastIndexOf("; ");
        if (end < 0) {
            return Check.bad("speed of " + backend, first, "ask those who made the plugin");
        }
        return Check.bad("speed of " + backend, first.substring(0, end), first.substring(end + 2));
    }

    private static Check present(String kind, List<Plugin> plugins, String remedy) {
        return plugins.isEmpty()
                ? Check.bad(kind, "there is none", remedy)
                : Check.good(
                        kind, plugins.stream().map(Plugin::name).collect(Collectors.joining(", ")));
    }

    /** Jobs whose process ended without a word. */
    private Check jobs() {
        List<String> cut =
                store.list().stream()
                        .filter(s -> !s.isLive())
                        .filter(s -> !JobRecord.isEnded(s.record()))
                        .map(JobStore.Stored::id)
                        .toList();
        return cut.isEmpty()
                ? Check.good("jobs", "none was cut off")
                : Check.bad(
                        "jobs",
                        "cut off with their process: " + String.join(", ", cut),
                        "`kernfield resume " + cut.getFirst() + "` goes on where one stopped");
    }
}
