package org.kernfield.field;

import java.util.List;

/** What a user may say about a table, whatever format it is in. */
public final class TableSettings {
    public static final Setting<String> Y =
            Setting.text(
                    "y",
                    null,
                    "Columns to be told from the others, by name or by number from 1, with commas"
                            + " between them; the last one unless said");
    public static final Setting<String> X =
            Setting.text(
                    "x",
                    null,
                    "Columns to tell them from, by name, number or range such as 2-5, with commas"
                            + " between them; all others unless said");
    public static final Setting<String> DEVIATIONS =
            Setting.text(
                    "deviations",
                    null,
                    "Column with the standard deviation of each row's noise, in units of the"
                            + " target");
    public static final Setting<Long> SPLIT =
            Setting.integer(
                    "split",
                    null,
                    0,
                    1_000_000,
                    "",
                    "Column of test_mask.csv beside the table, from 0, that has 1 for rows to hold"
                            + " out");
    public static final Setting<String> MISSING =
            Setting.choice(
                    "missing",
                    "refuse",
                    List.of("refuse", "drop"),
                    "What to do about rows with a missing input: refuse the table, or drop them");

    public static final List<Setting<?>> ALL = List.of(Y, X, DEVIATIONS, SPLIT, MISSING);

    private TableSettings() {}
}
