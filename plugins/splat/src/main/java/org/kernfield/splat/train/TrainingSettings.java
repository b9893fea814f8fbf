package org.kernfield.splat.train;

import org.kernfield.field.Setting;

import java.util.List;

/** What a user may say about training. */
public final class TrainingSettings {
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
                    "How splats multiply and vanish: mcmc or default");
    static final Setting<Long> DEGREE =
            Setting.integer("degree", 3L, 0, 4, "", "Highest degree of the spherical harmonics");
    static final Setting<Long> SEED =
            Setting.integer(
                    "seed",
                    0L,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    "",
                    "Whole number that starts the randomness");

    /** In the order in which help lists them. */
    public static final List<Setting<?>> ALL = List.of(CAP, STRATEGY, DEGREE, SEED);

    private TrainingSettings() {}
}
