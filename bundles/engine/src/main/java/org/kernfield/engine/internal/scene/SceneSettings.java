package org.kernfield.engine.internal.scene;

import org.kernfield.field.Setting;

import java.util.List;

/** What a user may say about photographs of a scene. */
final class SceneSettings {
    static final Setting<Long> WIDTH =
            Setting.integer(
                    "width",
                    1600L,
                    16,
                    16384,
                    "pixels",
                    "Widest that pictures are kept; wider ones are scaled down");
    static final Setting<String> POINTS =
            Setting.text(
                    "points", null, "File of points to begin with, in place of those of the scene");
    static final Setting<String> TEST_VIEWS =
            Setting.text(
                    "testViews",
                    null,
                    "Names of pictures to hold out and score, with commas between them");
    static final Setting<Long> TEST_EVERY =
            Setting.integer(
                    "testEvery",
                    null,
                    2,
                    1_000_000,
                    "",
                    "Holds out one picture of so many, in the order of their names");
    static final Setting<String> BACKGROUND =
            Setting.choice(
                    "background",
                    "auto",
                    List.of("auto", "white", "black"),
                    "Colour behind everything; auto takes white where much of the pictures is, as"
                            + " it is behind what is transparent in them");
    static final Setting<String> WRITE_TEST_VIEWS =
            Setting.text(
                    "writeTestViews",
                    null,
                    "Directory for the held-out pictures as fitted, each beside the truth");

    static final List<Setting<?>> ALL =
            List.of(WIDTH, POINTS, TEST_VIEWS, TEST_EVERY, BACKGROUND, WRITE_TEST_VIEWS);

    private SceneSettings() {}
}
