package org.kernfield.gp.model;

import org.kernfield.field.Setting;

import java.util.List;

/** What a user may set. */
final class GpSettings {
    static final String AUTO = "auto";
    static final String EXACT = "exact";
    static final String CG = "cg";
    static final String LIKELIHOOD = "likelihood";
    static final String LOO = "loo";
    static final String CONSTANT = "constant";
    static final String ZERO = "zero";

    static final Setting<String> KERNEL =
            Setting.text(
                    "kernel",
                    "1.0*rbf(ard) + white",
                    "Covariance function of the standardised inputs, for example"
                            + " \"2.0*matern52(ard) + white\".");
    static final Setting<String> METHOD =
            Setting.choice(
                    "method",
                    AUTO,
                    List.of(AUTO, EXACT, CG),
                    "Cholesky factor of the whole matrix (exact), or conjugate gradients without"
                            + " it (cg); auto is exact up to 8000 rows.");
    static final Setting<String> OBJECTIVE =
            Setting.choice(
                    "objective",
                    LIKELIHOOD,
                    List.of(LIKELIHOOD, LOO),
                    "Hyper-parameters of the largest marginal likelihood, or of the best prediction"
                            + " of each row from the others (loo).");
    static final Setting<Long> RESTARTS =
            Setting.integer(
                    "restarts",
                    1L,
                    0,
                    1000,
                    "",
                    "Further searches, one with less noise and then at random; on some rows of a"
                            + " large table.");
    static final Setting<Double> JITTER =
            Setting.number(
                    "jitter",
                    0.0,
                    0,
                    0.1,
                    "of the mean variance",
                    "Always added to the diagonal; more is added, and told, only where it must.");
    static final Setting<String> MEAN =
            Setting.choice(
                    "mean",
                    CONSTANT,
                    List.of(CONSTANT, ZERO),
                    "What is predicted far from all rows: the mean of the targets, or zero.");
    static final Setting<Double> TOLERANCE =
            Setting.number(
                    "tolerance",
                    1e-3,
                    1e-12,
                    1e-2,
                    "",
                    "Residual of the equations that is small enough, relative, for method cg.");
    static final Setting<Long> SEED =
            Setting.integer(
                    "seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE, "", "Where random draws begin.");

    static final List<Setting<?>> ALL =
            List.of(KERNEL, METHOD, OBJECTIVE, RESTARTS, JITTER, MEAN, TOLERANCE, SEED);

    private GpSettings() {}
}
