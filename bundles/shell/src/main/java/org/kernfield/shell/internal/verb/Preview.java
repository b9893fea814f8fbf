package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.Job;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Rendering;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Photograph;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Draws now and then what a running fit has come to: a picture as it is so far, or the first view
 * that is held out of photographs, or the first of them all.
 */
final class Preview implements Consumer<Progress> {
    static final Option EVERY =
            Option.number(
                    "preview",
                    "S",
                    1,
                    1e6,
                    "s",
                    "Draws the fit so far every S seconds into a picture beside the model");

    private static final Logger LOG = LoggerFactory.getLogger(Preview.class);

    private final Engine engine;
    private final Job job;
    private final Path file;
    private final long pause;
    private long last = System.nanoTime();

    /**
     * @param every seconds
     */
    Preview(Engine engine, Job job, Path file, double every) {
        this.engine = engine;
        this.job = job;
        this.file = file;
        this.pause = (long) (1e9 * every);
    }

    /** A look whether it is time; what goes wrong with a preview does not touch the fit. */
    @Override
    public void accept(Progress bar) {
        if (System.nanoTime() - last < pause) {
            return;
        }
        try {
            Optional<Model> draft = job.draft();
            if (draft.isPresent()) {
                Image picture = picture(engine.open(draft.get()));
                if (picture != null) {
                    engine.write(picture.eightBit(), file);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("{}: no preview of {}", file, job.id(), e);
        }
        last = System.nanoTime();
    }

    /** Null for a field that draws nothing. */
    private Image picture(FieldHandle field) {
        if (field.can(Rendering.class)) {
            return field.render();
        }
        if (!(job.task() instanceof RadianceTask task) || !field.can(Viewing.class)) {
            return null;
        }
        Photograph shown = (task.held().isEmpty() ? task.training() : task.held()).getFirst();
        var seen = new AtomicReference<Image>();
        field.use(
                Viewing.class,
                (views, compute) -> {
                    views.view(List.of(shown.view()), compute, seen::set);
                    return null;
                });
        return seen.get();
    }
}
