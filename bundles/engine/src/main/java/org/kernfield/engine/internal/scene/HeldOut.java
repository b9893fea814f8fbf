package org.kernfield.engine.internal.scene;

import org.kernfield.field.Nearest;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.scene.View;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which views are fitted and which are held out.
 *
 * @param training in the order of the description
 * @param held likewise
 */
record HeldOut(List<View> training, List<View> held) {
    /**
     * @param all of the scene, or those to train on
     * @param test those that the scene itself sets apart
     * @throws SettingException for a name that no view has
     */
    static HeldOut of(List<View> all, List<View> test, Settings settings) {
        String names = settings.get(SceneSettings.TEST_VIEWS);
        Long every = settings.get(SceneSettings.TEST_EVERY);
        if (names != null && every != null) {
            throw new SettingException(
                    "testEvery = " + every + ": testViews is given too; give one of them");
        }
        if (names == null && every == null) {
            return new HeldOut(all, test);
        }
        var views = new ArrayList<>(all);
        views.addAll(test);
        Set<View> chosen = names == null ? every(views, every) : named(views, names);
        var training = new ArrayList<View>();
        var held = new ArrayList<View>();
        views.forEach(view -> (chosen.contains(view) ? held : training).add(view));
        return new HeldOut(training, held);
    }

    private static Set<View> every(List<View> views, long every) {
        var sorted = new ArrayList<>(views);
        sorted.sort(Comparator.comparing(View::picture));
        var chosen = new HashSet<View>();
        for (int k = 0; k < sorted.size(); k += (int) every) {
            chosen.add(sorted.get(k));
        }
        return chosen;
    }

    private static Set<View> named(List<View> views, String names) {
        var chosen = new HashSet<View>();
        for (String part : names.split(",")) {
            String name = part.strip();
            if (name.isEmpty()) {
                continue;
            }
            var found = views.stream().filter(v -> isCalled(v.picture(), name)).toList();
            if (found.isEmpty()) {
                var all = views.stream().map(v -> last(v.picture())).distinct().toList();
                throw new SettingException(
                        "testViews = "
                                + name
                                + ": no picture is called so; "
                                + Nearest.suggestion(name, all));
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    /** Whether a name means a picture: as it is given, or its last part, with the ending or not. */
    static boolean isCalled(String picture, String name) {
        String last = last(picture);
        return picture.equals(name)
                || last.equals(name)
                || PictureFiles.stem(picture).equals(PictureFiles.stem(name))
                || PictureFiles.stem(last).equals(name)
                || last.equals(PictureFiles.stem(name));
    }

    private static String last(String picture) {
        return picture.substring(picture.lastIndexOf('/') + 1);
    }
}
