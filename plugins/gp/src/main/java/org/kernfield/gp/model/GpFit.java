package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.TableTask;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.HyperparameterSearch;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.Objective;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.Lbfgsb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Fits the hyper-parameters of a covariance function, a step being one evaluation of the objective,
 * and conditions on all rows at the end.
 */
final class GpFit implements Fit {
    private static final String MEMORY = "memory";
    private static final String BEST = "best";
    private static final String BEST_MEMORY = "bestMemory";

    /** Rows up to which the whole matrix is factored unless told otherwise. */
    static final int EXACT = 8000;

    /** Rows that hyper-parameters are fitted to before all rows are solved for without a matrix. */
    private static final int SEARCHED = 4000;

    private final Problem problem;
    private final Course course;
    private final Objective objective;
    private final double jitter;
    private final boolean isMatrixFree;
    private final int polishing; // steps that were asked for
    private final Conclusion conclusion;
    private final KernelCheck check;
    private int evaluations; // of the searches that have ended
    private int leg;
    private HyperparameterSearch search;
    private double[] best; // null until a search has ended
    private double[] bestMemory;
    private double bestValue = Double.NEGATIVE_INFINITY;
    private boolean isAnnounced;
    private Metrics metrics = Metrics.none();

    GpFit(TableTask task, Settings settings) {
        problem = Problem.of(task, settings);
        objective = GpSettings.objective(settings);
        jitter = settings.get(GpSettings.JITTER);
        polishing = GpSettings.polish(settings);
        int n = problem.data().rows();
        isMatrixFree = isMatrixFree(settings.get(GpSettings.METHOD), n);
        conclusion =
                isMatrixFree
                        ? new MatrixFreeConclusion(problem, settings, n > SEARCHED, polishing)
                        : new ExactConclusion(problem, settings);
        course =
                new Course(
                        n,
                        isMatrixFree ? SEARCHED : n,
                        problem.data().columns(),
                        settings.get(GpSettings.RESTARTS),
                        settings.get(GpSettings.SEED));
        check = new KernelCheck(problem.data(), settings.get(GpSettings.SEED));
        search = begun();
    }

    private static boolean isMatrixFree(String method, int rows) {
        return method.equals(GpSettings.CG) || method.equals(GpSettings.AUTO) && rows > EXACT;
    }

    /** The search of the present leg, from its start. */
    private HyperparameterSearch begun() {
        double[] start = course.start(leg, problem.start(), best);
        var begun =
                new HyperparameterSearch(
                        problem.start(),
                        start,
                        course.part(leg, problem.data()),
                        objective,
                        jitter,
                        course.leg(leg).stop());
        if (!course.leg(leg).isScout()) {
            double growth = (double) course.leg(leg).rows() / course.leg(leg - 1).rows();
            begun.optimiser().learn(remembered(), growth);
        }
        return begun;
    }

    /** The search that was the best so far. */
    private Lbfgsb remembered() {
        var coordinates = problem.start().coordinates();
        var search =
                new Lbfgsb(
                        coordinates.values(),
                        coordinates.lower(),
                        coordinates.upper(),
                        course.leg(leg).stop());
        search.restore(bestMemory);
        return search;
    }

    @Override
    public void step(Compute compute) {
        Border.across(() -> advance(compute));
    }

    private void advance(Compute compute) {
        if (isSearched()) {
            conclusion.step(chosen(), compute);
            return;
        }
        if (!isAnnounced) {
            search.announce(compute);
            isAnnounced = true;
        }
        if (leg == 0 && search.optimiser().evaluations() == 0) {
            check.few(problem.start(), compute);
        }
        evaluate(compute);
        if (course.leg(leg).rows() == problem.data().rows()) {
            metrics = Metrics.of("logMarginal", Math.max(bestOfScouts(), search.value()));
        }
        if (search.isDone()) {
            settle();
            if (leg < course.size() - 1) {
                evaluations += search.optimiser().evaluations();
                search.close();
                leg++;
                search = begun();
            }
        }
    }

    /** A scout whose start is hopeless has found nothing; those before it have. */
    private void evaluate(Compute compute) {
        try {
            search.step(compute);
        } catch (IndefiniteException e) {
            if (best == null || !course.leg(leg).isScout()) {
                throw e;
            }
        }
    }

    private boolean isLast() {
        return course.leg(leg).rows() == course.leg(course.size() - 1).rows();
    }

    private double bestOfScouts() {
        return course.leg(leg).isScout() ? bestValue : Double.NEGATIVE_INFINITY;
    }

    /** Keeps the search that ended, if it is the best of the scouts or has more rows than they. */
    private void settle() {
        if (best == null || !course.leg(leg).isScout() || search.value() > bestValue) {
            best = search.best();
            bestMemory = search.optimiser().memory();
            bestValue = search.value();
        }
    }

    private boolean isSearched() {
        return leg == course.size() - 1 && search.isDone();
    }

    @Override
    public boolean isDone() {
        return isSearched() && conclusion.isDone();
    }

    @Override
    public double progress() {
        double searches = costOfSearches();
        double all = searches + conclusion.cost();
        return (searches * searched() + conclusion.cost() * conclusion.progress()) / all;
    }

    private double costOfSearches() {
        return IntStream.range(0, course.size()).mapToDouble(k -> course.leg(k).cost()).sum();
    }

    /** How much of all searches is done, 0 to 1. */
    private double searched() {
        double done = 0;
        for (int k = 0; k < course.size(); k++) {
            double part = k < leg ? 1 : k > leg ? 0 : search.optimiser().progress();
            done += course.leg(k).cost() * part;
        }
        return isSearched() ? 1 : done / costOfSearches();
    }

    /** Whether the search at hand has the best hyper-parameters, else one before. */
    private boolean isSearchBest() {
        return best == null || (isLast() && search.value() > bestOfScouts());
    }

    /** The best hyper-parameters so far. */
    private BoundCovariance chosen() {
        return problem.start().coordinates().at(isSearchBest() ? search.best() : best);
    }

    /** The search that they are from, or one of as many rows. */
    private int chosenLeg() {
        boolean isOfOneBefore = !isSearchBest() && !course.leg(leg).isScout();
        return isOfOneBefore ? leg - 1 : leg;
    }

    @Override
    public State state(Compute compute) {
        var values = new LinkedHashMap<String, String>();
        values.put("leg", Integer.toString(leg));
        values.put("evaluations", Integer.toString(evaluations));
        values.put("bestValue", Double.toString(bestValue));
        values.put("logMarginal", Double.toString(metrics.get("logMarginal")));
        var arrays = new LinkedHashMap<String, Array>();
        put(arrays, MEMORY, search.optimiser().memory());
        if (best != null) {
            put(arrays, BEST, best);
            put(arrays, BEST_MEMORY, bestMemory);
        }
        var state = new State(arrays, values);
        conclusion.save(state);
        return state;
    }

    private static void put(Map<String, Array> arrays, String name, double[] values) {
        if (values.length > 0) {
            arrays.put(name, Array.of(1, values.clone()));
        }
    }

    @Override
    public void restore(State state, Compute compute) {
        leg = (int) state.integer("leg");
        evaluations = (int) state.integer("evaluations");
        bestValue = Double.parseDouble(state.values().get("bestValue"));
        boolean hasBest = state.arrays().containsKey(BEST_MEMORY);
        best = hasBest ? numbers(state, BEST) : null;
        bestMemory = hasBest ? numbers(state, BEST_MEMORY) : null;
        double known = Double.parseDouble(state.values().get("logMarginal"));
        metrics = Double.isNaN(known) ? Metrics.none() : Metrics.of("logMarginal", known);
        search = begun();
        search.optimiser().restore(numbers(state, MEMORY));
        Border.across(() -> conclusion.restore(state, chosen(), compute));
    }

    private static double[] numbers(State state, String name) {
        return state.arrays().containsKey(name)
                ? Rows.doubles(state.array(name)).clone()
                : new double[0];
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public Model finish(Compute compute) {
        return Border.across(() -> finished(compute));
    }

    private Model finished(Compute compute) {
        search.close();
        BoundCovariance k = conclusion.chosen(chosen());
        check.most(k, !isMatrixFree, compute);
        var health = new Health(problem);
        health.search(
                evaluations + search.optimiser().evaluations(),
                searched(),
                course.leg(chosenLeg()).rows());
        if (!isMatrixFree && polishing > 0) {
            health.leftUnpolished(polishing);
        }
        health.repeats(k, compute);
        Conclusion.Result result = conclusion.finish(k, health, compute);
        var scores =
                new HeldOut(problem)
                        .scores(ModelArrays.open(result.model()), result.others(), compute);
        var figures = new LinkedHashMap<String, Double>();
        figures.put("logMarginal", result.logMarginal());
        figures.put("rmse", scores.rmse());
        figures.put("nlpd", scores.nlpd());
        figures.put("coverage95", scores.coverage95());
        metrics = new Metrics(figures);
        return result.model();
    }
}
