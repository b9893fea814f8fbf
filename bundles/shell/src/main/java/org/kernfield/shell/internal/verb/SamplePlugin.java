package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Plugin;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.progress.Progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;

/** Drops a small plugin in while a fit goes on, shows that it is live, and takes it out again. */
final class SamplePlugin implements AutoCloseable {
    private static final double DROP_AFTER = 3;
    private static final double STAY = 3;

    private final Engine engine;
    private final Path jar;
    private final Path dropped;
    private final List<String> before;
    private final long start = System.nanoTime();
    private Stage stage = Stage.WAITING;
    private double since;

    private enum Stage {
        WAITING,
        DROPPED,
        LIVE,
        REMOVED,
        OVER
    }

    SamplePlugin(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.jar = surroundings.samplePlugin().orElse(null);
        this.dropped =
                surroundings
                        .dropFolder()
                        .map(folder -> folder.resolve("kernfield-demo-sample.jar"))
                        .orElse(null);
        this.before = representations();
    }

    private List<String> representations() {
        return engine.representations().stream().map(Plugin::name).toList();
    }

    /** Called now and then while the fit goes on. */
    void show(Progress progress) {
        double now = (System.nanoTime() - start) / 1e9;
        if (jar == null || dropped == null) {
            return;
        }
        switch (stage) {
            case WAITING -> {
                if (now > DROP_AFTER) {
                    drop(progress);
                    since = now;
                }
            }
            case DROPPED -> {
                var added = new TreeSet<>(representations());
                before.forEach(added::remove);
                if (!added.isEmpty()) {
                    progress.say(
                            "  after %.1f s the representation %s can be fitted too"
                                    .formatted(now - since, String.join(", ", added)));
                    stage = Stage.LIVE;
                    since = now;
                }
            }
            case LIVE -> {
                if (now - since > STAY) {
                    remove();
                    progress.say("- " + jar.getFileName() + " is taken out again");
                    stage = Stage.REMOVED;
                    since = now;
                }
            }
            case REMOVED -> {
                if (representations().equals(before)) {
                    progress.say(
                            "  gone after %.1f s; the fit went on all the while"
                                    .formatted(now - since));
                    stage = Stage.OVER;
                }
            }
            case OVER -> {}
        }
    }

    private void drop(Progress progress) {
        stage = Stage.OVER;
        try {
            // under another name first: the folder's watcher must not find half a jar
            Path arriving = dropped.resolveSibling(dropped.getFileName() + ".part");
            Files.copy(jar, arriving, StandardCopyOption.REPLACE_EXISTING);
            Files.move(arriving, dropped, StandardCopyOption.REPLACE_EXISTING);
            progress.say("+ " + jar.getFileName() + " is dropped into " + dropped.getParent());
            stage = Stage.DROPPED;
        } catch (IOException e) {
            progress.say("  (no plugin is shown: " + e.getMessage() + ")");
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(dropped);
        } catch (IOException e) {
            // a file that cannot be removed was not put there by this demonstration
            stage = Stage.OVER;
        }
    }

    /** Leaves nothing behind. */
    @Override
    public void close() {
        if (stage == Stage.DROPPED || stage == Stage.LIVE) {
            remove();
        }
    }
}
