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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the pictures that a fit has held out, as its field shows them and as they are. */
final class TestViews {
    private TestViews() {}

    /**
     * NAME.png and NAME.truth.png of each, in the directory that the job's settings name, which is
     * made if need be; nothing where they name none or no picture was held out.
     *
     * @param beside what that directory is relative to
     */
    static void write(Engine engine, Job job, Path beside) throws IOException {
        String named = job.settings().get(RadianceTask.WRITE_TEST_VIEWS);
        if (named == null || !(job.task() instanceof RadianceTask task) || task.held().isEmpty()) {
            return;
        }
        Path directory = beside.resolve(named);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw Failure.refused(
                    RadianceTask.WRITE_TEST_VIEWS + " = " + directory,
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
        List<String> names = names(views.stream().map(View::picture).toList());
        for (int k = 0; k < seen.size(); k++) {
            String name = names.get(k);
            engine.write(seen.get(k).eightBit(), directory.resolve(name + ".png"));
            engine.write(
                    task.held().get(k).image().eightBit(), directory.resolve(name + ".truth.png"));
        }
    }

    /**
     * Names of files for pictures: the last part of the path without its ending; where others have
     * the same, the whole path with {@code _} for {@code /}; where that is not enough, with a
     * number behind it.
     */
    static List<String> names(List<String> pictures) {
        Map<String, Long> sharing =
                pictures.stream()
                        .collect(Collectors.groupingBy(p -> key(last(p)), Collectors.counting()));
        var taken = new HashSet<String>();
        var names = new ArrayList<String>();
        for (String picture : pictures) {
            String last = last(picture);
            String stem = sharing.get(key(last)) == 1 ? last : flat(picture);
            String name = stem;
            for (int k = 2; !taken.add(key(name)); k++) {
                name = stem + "_" + k;
            }
            names.add(name);
        }
        return names;
    }

    /** Some file systems take names for the same that differ in case alone. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String last(String picture) {
        return plain(picture.substring(picture.lastIndexOf('/') + 1));
    }

    private static String flat(String picture) {
        return plain(picture.replaceFirst("^(\\.{0,2}/)+", "").replace('/', '_'));
    }

    /** Without its ending. */
    private static String plain(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
