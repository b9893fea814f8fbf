package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.Job;
import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Viewing;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the pictures that a fit has held out, as its field shows them and as they are. */
final class TestViews {
    private static final String SETTING = "writeTestViews";

    private TestViews() {}

    /**
     * NAME.png and NAME.truth.png of each, in the directory that the job's settings name, which is
     * made if need be; nothing where they name none or no picture was held out.
     *
     * @param beside what that directory is relative to
     */
    static void write(Engine engine, Job job, Path beside) throws IOException {
        String named = job.settings().get(SETTING);
        if (named == null || !(job.task() instanceof RadianceTask task) || task.held().isEmpty()) {
            return;
        }
        Path directory = beside.resolve(named);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw Failure.refused(
                    SETTING + " = " + directory,
                    "no directory can be made there",
                    "choose another place");
        }
        List<View> views = task.held().stream().map(Photograph::view).toList();
        var seen = new ArrayList<Image>();
        job.field()
                .use(
                        Viewing.class,
                        (field, compute) -> {
                            field.view(views, compute, seen::add);
                            return null;
                        });
        for (int k = 0; k < seen.size(); k++) {
            String name = name(views.get(k).picture());
            engine.write(seen.get(k).eightBit(), directory.resolve(name + ".png"));
            engine.write(
                    task.held().get(k).image().eightBit(), directory.resolve(name + ".truth.png"));
        }
    }

    /** The last part of a path without its ending. */
    private static String name(String picture) {
        String last = picture.substring(picture.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
