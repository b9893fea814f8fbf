package org.kernfield.splat.train;

import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Report;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.numerics.CounterRandom;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.DensityStrategy;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains splats on photographs: every step renders one of them, compares, and goes down the
 * gradient; now and then a strategy refines the splats.
 */
public final class SplatFit implements Fit {
    private static final long LEAST_CAP = 10_000;

    /** Random numbers of the fit, apart from those of its parts. */
    private static final int REFINEMENTS = 0x4EF1;

    /** Steps between two figures. */
    private static final int MEASURED = 10;

    /** How much of the figure so far a new one leaves. */
    private static final double INERTIA = 0.8;

    /** Splats there may be for each random point, of strategies that double what is there. */
    private static final int ROOM = 3;

    /** What scores are called in a state. */
    private static final String SCORE = "score.";

    private final RadianceTask task;
    private final Setup setup;
    private final boolean exposesTests;
    private final Strategies strategies;
    private final String strategy;
    private final Extent extent;
    private final Order order;
    private final int cap;
    private final boolean isCapGiven;
    private final int degree;
    private final Long scoreEvery; // null for the end alone
    private final long seed;
    private Primitive footprint; // as it was found last: it may be away when the fit is finished
    private boolean leavesRoom; // whether random points are fewer than there may be
    private Training training; // null until the first call on a backend
    private long step;
    private int round;
    private long refined;
    private double loss = Double.NaN;
    private Map<String, Double> scores = Map.of();

    /**
     * @param strategies looked through at each step, so that they may come and go in between
     */
    public SplatFit(
            RadianceTask task, Settings settings, SplatRenderer renderer, Strategies strategies) {
        this.task = task;
        this.seed = settings.get(TrainingSettings.SEED);
        float[] behind = task.background();
        double[] colour = {behind[0], behind[1], behind[2]};
        String exposure = settings.get(TrainingSettings.EXPOSURE);
        this.setup =
                new Setup(
                        task.training(),
                        renderer,
                        RenderOptions.usual()
                                .withBackground(colour)
                                .withAntialiasing(settings.get(TrainingSettings.ANTIALIASED)),
                        new Backdrop(
                                colour, settings.get(TrainingSettings.RANDOM_BACKGROUND), seed),
                        settings.get(TrainingSettings.ALPHA_LOSS),
                        settings.get(TrainingSettings.PRIMITIVE),
                        !exposure.equals(TrainingSettings.NO),
                        settings.get(TrainingSettings.CAMERAS).equals(TrainingSettings.REFINE));
        this.exposesTests = exposure.equals(TrainingSettings.TEST);
        this.strategies = strategies;
        this.strategy = settings.get(TrainingSettings.STRATEGY);
        // refused at once if they are not there
        strategies.with(strategy, there -> leavesRoom = there.watchesGradients());
        setup.check();
        footprint = setup.footprint();
        this.scoreEvery = settings.get(TrainingSettings.SCORE_EVERY);
        this.degree = Math.toIntExact(settings.get(TrainingSettings.DEGREE));
        Long most = settings.get(TrainingSettings.CAP);
        this.cap =
                Math.toIntExact(
                        most == null ? Math.max(LEAST_CAP, 2L * task.points().count()) : most);
        this.isCapGiven = most != null;
        this.extent = Extent.of(task);
        this.order = new Order(task.training().size(), seed);
    }

    @Override
    public void step(Compute compute) {
        strategies.with(strategy, now -> step(now, compute));
    }

    private void step(DensityStrategy now, Compute compute) {
        // the only look-up in a step: what is away is noticed before anything has changed
        footprint = setup.footprint();
        prepare(compute);
        training.draw(footprint);
        Schedule schedule = schedule(compute);
        training.widen(schedule.degree(degree), compute);
        if (round < schedule.rounds() && step - refined >= Schedule.APART) {
            refine(now, schedule, compute);
        } else if (step > 0 && step % Smoothing.APART == 0) {
            training.smooth(compute);
        }
        boolean measures = step % MEASURED == 0;
        var pass =
                new Pass(order.at(step), schedule.halvings(), setup.backdrop().at(step), measures);
        Rates rates = schedule.rates(extent.radius(), now, step);
        double measured = training.step(pass, rates, now, seed, compute);
        if (measures) {
            loss = Double.isNaN(loss) ? measured : INERTIA * loss + (1 - INERTIA) * measured;
        }
        step++;
        if (scoreEvery != null && step % scoreEvery == 0) {
            scores = scores(compute);
        }
    }

    private Schedule schedule(Compute compute) {
        double progress = compute.progress();
        return new Schedule(progress, progress > 0 ? step / progress : 1000);
    }

    private void prepare(Compute compute) {
        if (training == null) {
            PointCloud points =
                    task.points().count() > 0
                            ? Start.thinned(task.points(), cap, seed)
                            : Start.random(leavesRoom ? cap / ROOM + 1 : cap, extent, seed);
            boolean isRound = setup.primitive().equals(TrainingSettings.GAUSSIAN);
            Splats start = Start.at(points, compute.workers());
            training =
                    Training.begin(
                            setup, footprint, isRound ? start : Start.turned(start, seed), compute);
        }
    }

    private void refine(DensityStrategy now, Schedule schedule, Compute compute) {
        var stage =
                new DensityStrategy.Stage(
                        step,
                        Math.round(schedule.steps()),
                        step - refined,
                        schedule.all() - schedule.rounds(),
                        new CounterRandom(seed).bits(round, REFINEMENTS, 0),
                        extent.radius(),
                        isCapGiven ? cap : schedule.most(task.points().count(), cap),
                        footprint.isFlat());
        var result = now.refine(training.download(compute), training.watch().seen(), stage);
        training.replace(result.splats(), result.origin(), compute);
        round = schedule.rounds();
        refined = step;
    }

    @Override
    public State state(Compute compute) {
        var values = new LinkedHashMap<String, String>();
        values.put("step", Long.toString(step));
        values.put("round", Integer.toString(round));
        values.put("refined", Long.toString(refined));
        values.put("loss", Double.toString(loss));
        scores.forEach((name, score) -> values.put(SCORE + name, Double.toString(score)));
        var state = new State(Map.of(), values);
        if (training != null) {
            training.save(state, compute);
        }
        return state;
    }

    @Override
    public void restore(State state, Compute compute) {
        step = state.integer("step");
        round = (int) state.integer("round");
        refined = state.integer("refined");
        loss = Double.parseDouble(state.values().get("loss"));
        scores = scores(state);
        training =
                state.arrays().isEmpty() ? null : Training.resume(setup, footprint, state, compute);
    }

    private static Map<String, Double> scores(State state) {
        var scores = new LinkedHashMap<String, Double>();
        state.values()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(SCORE)) {
                                scores.put(
                                        name.substring(SCORE.length()), Double.parseDouble(value));
                            }
                        });
        return scores;
    }

    @Override
    public Metrics metrics() {
        if (Double.isNaN(loss)) {
            return Metrics.none();
        }
        var figures = new LinkedHashMap<String, Double>();
        figures.put("trainLoss", loss);
        figures.putAll(scores);
        return new Metrics(figures);
    }

    @Override
    public Model finish(Compute compute) {
        prepare(compute);
        scores = scores(compute);
        List<View> fitted = training.views(compute);
        var views = new ArrayList<>(fitted);
        task.held().forEach(p -> views.add(p.view()));
        Splats splats = training.download(compute).with(Map.of());
        Model model =
                new SplatModel(
                                splats,
                                setup.primitive(),
                                training.attributes(compute),
                                training.filter(compute),
                                setup.plain().background(),
                                setup.plain().isAntialiased(),
                                views)
                        .model();
        Model seen = model.with(Sightings.of(splats.means(), fitted).metadata());
        List<String> remarks = setup.remarks();
        return remarks.isEmpty() ? seen : seen.with(new Report(remarks, Map.of()).metadata());
    }

    private Map<String, Double> scores(Compute compute) {
        var all = new LinkedHashMap<String, Double>();
        var each = new ArrayList<Scores>();
        for (Photograph held : task.held()) {
            if (!Scores.counts(held.mask())) {
                continue;
            }
            Image seen = training.view(held.view(), compute);
            if (exposesTests) {
                seen = AffineExposure.between(seen, held.image(), held.mask()).of(seen);
            }
            each.add(Scores.of(seen, held.image(), held.mask(), compute.workers()));
        }
        Scores mean = Scores.mean(each);
        all.put("testPsnr", mean.psnr());
        all.put("testSsim", mean.ssim());
        all.put("testLoss", mean.loss());
        all.put("testViews", (double) each.size());
        all.putAll(training.corrected());
        return all;
    }
}
