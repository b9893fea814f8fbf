package org.kernfield.gp.model;

import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.gp.exact.Objective;
import org.kernfield.gp.exact.StudentT;

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
    static final String INDEPENDENT = "independent";
    static final String GAUSSIAN = "gaussian";
    static final String STUDENT = "student-t";
    static final String ICM = "icm";
    static final String LMC = "lmc";

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
                            + " it (cg), length scales being from 4000 of the rows; auto is exact"
                            + " up to 8000 rows.");
    static final Setting<String> OBJECTIVE =
            Setting.choice(
                    "objective",
                    LIKELIHOOD,
                    List.of(LIKELIHOOD, LOO),
                    "Hyper-parameters of the largest marginal likelihood, or of the best prediction"
                            + " of each row from the others (loo).");
    static final Setting<String> PROCESS =
            Setting.choice(
                    "process",
                    GAUSSIAN,
                    List.of(GAUSSIAN, STUDENT),
                    "Gaussian, or a Student-t process, whose error bars widen where the targets are"
                            + " wilder than the kernel expects and narrow where they are tamer.");
    static final Setting<Double> DEGREES =
            Setting.number(
                    "degrees",
                    null,
                    StudentT.FEWEST,
                    StudentT.MOST,
                    "",
                    "Degrees of freedom of a Student-t process; fitted unless said.");
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
    static final Setting<Long> POLISH =
            Setting.integer(
                    "polish",
                    0L,
                    0,
                    1000,
                    "",
                    "Steps by all rows from the hyper-parameters of some, for method cg, each as"
                            + " long as the solve at the end.");
    static final Setting<String> OUTPUTS =
            Setting.choice(
                    "outputs",
                    INDEPENDENT,
                    List.of(INDEPENDENT, ICM, LMC),
                    "Several targets as processes of their own that share one covariance function,"
                            + " or correlated, so that each tells of the others: by one matrix"
                            + " between them (icm) or by one for each term of the kernel (lmc)."
                            + " Cells without a label are left out.");
    static final Setting<Long> RANK =
            Setting.integer(
                    "rank",
                    1L,
                    1,
                    64,
                    "",
                    "Functions that correlated targets are mixed from, for icm and each term of"
                            + " lmc.");
    static final Setting<Long> SEED =
            Setting.integer(
                    "seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE, "", "Where random draws begin.");

    static final List<Setting<?>> ALL =
            List.of(
                    KERNEL, METHOD, OBJECTIVE, RESTARTS, JITTER, MEAN, TOLERANCE, OUTPUTS, RANK,
                    PROCESS, DEGREES, POLISH, SEED);

    private GpSettings() {}

    /** The Student-t process that is asked for; null for a Gaussian one. */
    static StudentT student(Settings settings) {
        Double degrees = settings.get(DEGREES);
        if (settings.get(PROCESS).equals(STUDENT)) {
            return StudentT.of(degrees);
        }
        if (degrees != null) {
            throw new SettingException(
                    "degrees = %s: a Gaussian process has none; add --set process=student-t"
                            .formatted(degrees));
        }
        return null;
    }

    /** What hyper-parameters are judged by. */
    static Objective objective(Settings settings) {
        StudentT student = student(settings);
        boolean isLoo = settings.get(OBJECTIVE).equals(LOO);
        if (isLoo && student != null) {
            throw new SettingException(
                    "objective = loo: not for a Student-t process; leave it out");
        }
        return isLoo
                ? Objective.LOO
                : student == null ? Objective.LIKELIHOOD : Objective.of(student);
    }

    /** Steps of polishing; 0 for none. */
    static int polish(Settings settings) {
        int steps = Math.toIntExact(settings.get(POLISH));
        boolean isOther =
                settings.get(OBJECTIVE).equals(LOO) || settings.get(PROCESS).equals(STUDENT);
        if (steps > 0 && isOther) {
            throw new SettingException(
                    "polish = %d: by the likelihood of a Gaussian process alone; leave it out"
                            .formatted(steps));
        }
        if (steps > 0 && settings.get(METHOD).equals(EXACT)) {
            throw new SettingException(
                    "polish = %d: method exact looks at all rows anyway; leave one of them out"
                            .formatted(steps));
        }
        return steps;
    }
}
