package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.Predictive;
import org.kernfield.field.Setting;
import org.kernfield.field.TableSettings;
import org.kernfield.field.TableTask;
import org.kernfield.field.Task;
import org.kernfield.format.Table;
import org.kernfield.numerics.predictive.Calibration;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fits a table several times, each time without some rows, and scores what is said about those. */
public final class CvVerb implements Verb {
    private static final Option FOLDS =
            Option.integer(
                    "folds",
                    "K",
                    2,
                    "Parts of the rows, each held out once; default the splits of test_mask.csv"
                            + " beside the table, else 10");
    private static final long USUAL = 10;

    private final Engine engine;

    public CvVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "cv";
    }

    @Override
    public String summary() {
        return "Tell by cross-validation how well a table can be fitted";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("TABLE", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return FitOptions.with(FOLDS);
    }

    @Override
    public List<Setting<?>> settings(String representation) {
        return FitOptions.settings(engine, representation);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        Path input = arguments.path(0);
        if (!Files.exists(input)) {
            throw new NoSuchFileException(arguments.operand(0));
        }
        FitRequest request = FitOptions.request(FitRequest.of(input), arguments);
        FitOptions.requirePlugins(engine, request);
        if (request.settings().containsKey(TableSettings.SPLIT.name())) {
            throw Failure.usage(
                    "split",
                    "cross-validation takes every split",
                    "leave it out, or fit with that split alone");
        }
        Long folds = arguments.value(FOLDS, Long.class);
        int splits = folds == null ? splits(input) : 0;
        var scores = new ArrayList<FoldScore>();
        if (splits > 0) {
            for (int k = 0; k < splits; k++) {
                FitRequest fold = request.set(TableSettings.SPLIT.name(), k);
                scores.add(fit(k, splits, fold, console));
            }
        } else {
            TableTask whole = table(input, request.settings());
            var parts = new Folds(whole, (int) (folds == null ? USUAL : folds), request.seed());
            for (int k = 0; k < parts.count(); k++) {
                FitRequest fold = FitOptions.request(FitRequest.of(parts.task(k)), arguments);
                scores.add(fit(k, parts.count(), fold, console));
            }
        }
        return new CvReport(input.toString(), scores);
    }

    private TableTask table(Path input, Map<String, String> settings) throws IOException {
        Task task = engine.task(input, settings);
        if (task instanceof TableTask table) {
            return table;
        }
        throw Failure.refused(
                input.toString(), "it holds no table", "give a .csv file or a directory with one");
    }

    /** Columns of the test mask beside the table; 0 without one. */
    private int splits(Path input) throws IOException {
        Path directory = Files.isDirectory(input) ? input : input.toAbsolutePath().getParent();
        for (String name : List.of("test_mask.csv", "test_mask.csv.gz")) {
            if (Files.isRegularFile(directory.resolve(name))) {
                return engine.read(directory.resolve(name), Table.class).width();
            }
        }
        return 0;
    }

    private FoldScore fit(int fold, int of, FitRequest request, Console console)
            throws IOException {
        if (console.terminal()) {
            console.err().printf("fold %d of %d%n", fold + 1, of);
        }
        Job job = engine.submit(request);
        // however it ends, it is of no use to anybody later
        try (Closeable _ = () -> engine.forget(job.id())) {
            FoldScore score = score(job, fold, of, console);
            if (console.terminal()) {
                console.err()
                        .printf(
                                "  RMSE %.4f, NLPD %.4f, 95 %% intervals hold %.3f%n",
                                score.rmse(), score.nlpd(), score.coverage95());
            }
            return score;
        }
    }

    private FoldScore score(Job job, int fold, int of, Console console) {
        JobStatus end = end(job, fold, of, console);
        if (!(job.task() instanceof TableTask task)) {
            throw Failure.refused(
                    end.input(), "it holds no table", "give a .csv file or a directory with one");
        }
        if (!job.field().can(Predictive.class)) {
            throw Failure.refused(
                    end.representation(),
                    "its fields have no error bars, so there is nothing to score",
                    "choose another representation with --as");
        }
        Calibration scores = HeldScores.of(job.field(), task);
        return new FoldScore(
                fold,
                task.rows(),
                task.heldRows(),
                scores.rmse(),
                scores.nlpd(),
                scores.coverage95(),
                scores.crps(),
                end.metrics().getOrDefault("logMarginal", Double.NaN),
                end.seconds());
    }

    private JobStatus end(Job job, int fold, int of, Console console) {
        try {
            return new Fitting(engine, console).follow(job, progress -> {});
        } catch (Failure e) {
            if (job.status().state() == JobState.FAILED) {
                throw e;
            }
            // its job is forgotten, so there is nothing to resume
            throw Failure.refused(
                    name(), "stopped in fold %d of %d".formatted(fold + 1, of), "start it again");
        }
    }
}
