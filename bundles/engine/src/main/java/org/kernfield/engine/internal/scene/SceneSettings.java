package org.kernfield.engine.internal.scene;

import org.kernfield.field.RadianceTask;
import org.kernfield.field.Setting;

import java.util.List;

/** What a user may say about photographs of a scene. */
final class SceneSettings {
    static final String COMPOSITE = "composite";
    static final String MASK = "mask";
    static final String AUTO = "auto";
    static final String KEEP = "keep";
    static final String STRAIGHTEN = "straighten";
    static final String WHITE = "white";
    static final String BLACK = "black";

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
                    AUTO,
                    List.of(AUTO, WHITE, BLACK),
                    "Colour behind everything, also behind what is transparent in pictures; auto"
                            + " takes white where something is or much of the pictures is white");
    static final Setting<String> ALPHA =
            Setting.choice(
                    "alpha",
                    COMPOSITE,
                    List.of(COMPOSITE, MASK),
                    "What is transparent in pictures: composite shows the background there, mask"
                            + " leaves it out");
    static final Setting<String> DISTORTION =
            Setting.choice(
                    "distortion",
                    AUTO,
                    List.of(AUTO, KEEP, STRAIGHTEN),
                    "Pictures of distorted and fisheye cameras: keep trains them as they are,"
                            + " straighten makes them a pinhole's; auto keeps those that would lose"
                            + " much of their resolution");
    static final Setting<String> WRITE_TEST_VIEWS =
            Setting.text(
                    RadianceTask.WRITE_TEST_VIEWS,
                    null,
                    "Directory for the held-out pictures as fitted, each beside the truth");

    static final List<Setting<?>> ALL =
            List.of(
                    WIDTH,
                    POINTS,
                    TEST_VIEWS,
                    TEST_EVERY,
                    BACKGROUND,
                    ALPHA,
                    DISTORTION,
                    WRITE_TEST_VIEWS);

    private SceneSettings() {}
}
