package org.kernfield.splat.train;

import org.kernfield.field.Setting;

import java.util.List;

/** What a user may say about training. */
public final class TrainingSettings {
    static final String NO = "false";
    static final String YES = "true";
    static final String TEST = "test";
    static final String FIXED = "fixed";
    static final String REFINE = "refine";
    static final String GAUSSIAN = "gaussian";

    static final Setting<Long> CAP =
            Setting.integer(
                    "cap",
                    null,
                    1,
                    16_000_000,
                    "splats",
                    "Most splats there may be; by default twice as many as points, at least 10000");
    static final Setting<String> STRATEGY =
            Setting.text(
                    "strategy",
                    McmcStrategy.NAME,
                    "How splats multiply and vanish: mcmc, default or absgrad");
    static final Setting<String> PRIMITIVE =
            Setting.text(
                    "primitive", GAUSSIAN, "What one splat looks like: gaussian, ges or surfel");
    static final Setting<String> EXPOSURE =
            Setting.choice(
                    "exposure",
                    NO,
                    List.of(NO, YES, TEST),
                    "Learn how each photograph was exposed; with test held-out ones are compared"
                            + " after the exposure that suits them best");
    static final Setting<String> CAMERAS =
            Setting.choice(
                    "cameras",
                    FIXED,
                    List.of(FIXED, REFINE),
                    "Whether the poses of the photographs' cameras are corrected as well");
    static final Setting<Boolean> ANTIALIASED =
            Setting.flag(
                    "antialiased",
                    false,
                    "Train splats that stay right in pictures much smaller or larger than the"
                            + " photographs");
    static final Setting<Boolean> RANDOM_BACKGROUND =
            Setting.flag(
                    "randomBackground",
                    false,
                    "Lay splats and what is transparent in pictures over another colour at each"
                            + " step, so that no splat can pass for the background");
    static final Setting<Double> ALPHA_LOSS =
            Setting.number(
                    "alphaLoss",
                    0.0,
                    0,
                    1000,
                    "",
                    "Weight in the loss of what splats cover against the alpha of the pictures;"
                            + " needs pictures with alpha");
    static final Setting<Long> DEGREE =
            Setting.integer("degree", 3L, 0, 4, "", "Highest degree of the spherical harmonics");
    static final Setting<Long> SCORE_EVERY =
            Setting.integer(
                    "scoreEvery",
                    null,
                    1,
                    1_000_000_000,
                    "steps",
                    "Scores the held-out pictures every so many steps, not at the end alone");
    static final Setting<Long> SEED =
            Setting.integer(
                    "seed",
                    0L,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    "",
                    "Whole number that starts the randomness");

    /** In the order in which help lists them. */
    public static final List<Setting<?>> ALL =
            List.of(
                    CAP,
                    STRATEGY,
                    PRIMITIVE,
                    ANTIALIASED,
                    EXPOSURE,
                    CAMERAS,
                    RANDOM_BACKGROUND,
                    ALPHA_LOSS,
                    DEGREE,
                    SCORE_EVERY,
                    SEED);

    private TrainingSettings() {}
}
