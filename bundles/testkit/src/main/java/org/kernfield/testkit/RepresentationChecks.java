package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Workers;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every representation must do; each check throws an {@link AssertionError}. */
public final class RepresentationChecks {
    /** A fit of a few steps that is not back by then never will be, however slow the machine. */
    private static final int PATIENCE_SECONDS = 300;

    private static final long MEMORY = 1_000_000_000;

    private final Representation representation;
    private final Task task;
    private final Map<String, String> settings;
    private final int steps;
    private final int patience;

    /**
     * @param task a small one
     * @param settings as a user would give them, small enough for the float64 interpreter
     * @param steps of a fit, at least 2, in a second or so
     */
    public RepresentationChecks(
            Representation representation, Task task, Map<String, String> settings, int steps) {
        this(representation, task, settings, steps, PATIENCE_SECONDS);
    }

    /**
     * @param patience seconds after which a fit that has not come back hangs
     */
    RepresentationChecks(
            Representation representation,
            Task task,
            Map<String, String> settings,
            int steps,
            int patience) {
        this.representation = representation;
        this.task = task;
        this.settings = Map.copyOf(settings);
        this.steps = steps;
        this.patience = patience;
    }

    /** It says what it is, and its settings read back what they print. */
    public void describesItself() {
        require(representation.name().matches("[a-z][a-z0-9-]*"), "name " + representation.name());
        require(!representation.label().isBlank(), "label is blank");
        require(representation.version() >= 1, "version " + representation.version());
        require(!representation.tasks().isEmpty(), "it fits no task");
        var names = new HashSet<String>();
        for (Setting<?> setting : representation.settings()) {
            require(names.add(setting.name()), "two settings called " + setting.name());
            require(!setting.doc().isBlank(), "setting " + setting.name() + " has no sentence");
            Object value = setting.defaultValue();
            require(
                    value == null || setting.parse(value.toString()).equals(value),
                    "setting " + setting.name() + " does not accept its own default");
        }
    }

    /** A setting it has not got is refused, and so is a task it does not fit. */
    public void refusesWhatItHasNotGot() {
        try {
            Settings.of(known(task), Map.of("noSuchSetting", "1"));
            throw new AssertionError("the unknown setting noSuchSetting is not refused");
        } catch (SettingException e) {
            require(e.getMessage().contains("noSuchSetting"), "refused with: " + e.getMessage());
        }
        try {
            representation.begin(new OtherTask(), Settings.of(representation.settings(), Map.of()));
            throw new AssertionError("a task it does not know is not refused");
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a foreign task is refused without a sentence");
        }
    }

    private record OtherTask() implements Task {
        @Override
        public String name() {
            return "other";
        }

        @Override
        public long size() {
            return 1;
        }
    }

    private List<Setting<?>> known(Task of) {
        var known = new ArrayList<Setting<?>>(representation.settings());
        known.addAll(of.settings());
        return known;
    }

    private Fit begin(Task of) {
        return representation.begin(of, Settings.of(known(of), settings));
    }

    private void step(Fit fit, BackendCompute compute, int from, int to) {
        for (int k = from; k < to; k++) {
            compute.progress((double) k / steps);
            double before = fit.progress();
            fit.step(compute);
            double now = fit.progress();
            require(
                    Double.isNaN(now) || (now >= 0 && now <= 1 && !(now < before)),
                    "its progress goes from %s to %s in step %d".formatted(before, now, k));
        }
    }

    /** A whole fit, which has to come back. */
    public Model fit(Backend backend, Workers workers) {
        return fit(task, backend, workers);
    }

    private Model fit(Task of, Backend backend, Workers workers) {
        String what = "a fit of " + representation.name() + " on " + backend.name();
        return Patience.within(patience, what, () -> whole(of, backend, workers));
    }

    private Model whole(Task of, Backend backend, Workers workers) {
        try (var compute = new BackendCompute(backend, workers, new Budget(MEMORY))) {
            Fit fit = begin(of);
            step(fit, compute, 0, steps);
            return fit.finish(compute);
        }
    }

    /** The same settings and seed give the same bits, on any number of threads. */
    public void repeatsItself(Backend backend) {
        Model first = fit(backend, Workers.SERIAL);
        for (int count = 1; count <= 3; count++) {
            try (var workers = new Threads(count)) {
                same(first, fit(backend, workers), "on " + count + " threads");
            }
        }
    }

    /** Asking for state and result in between changes nothing. */
    public void isNotDisturbedByQuestions(Backend backend) {
        Model undisturbed = fit(backend, Workers.SERIAL);
        try (var compute = BackendCompute.on(backend)) {
            Fit fit = begin(task);
            for (int k = 0; k < steps; k++) {
                step(fit, compute, k, k + 1);
                fit.state(compute);
                fit.metrics();
                fit.finish(compute);
            }
            same(undisturbed, fit.finish(compute), "when asked in between");
        }
    }

    /** A fit that goes on from a state ends as the one that was never interrupted. */
    public void goesOnFromItsState(Backend backend) {
        Model undisturbed = fit(backend, Workers.SERIAL);
        for (int at : new int[] {0, 1, steps / 2, steps - 1}) {
            Model resumed = finished(stateAt(at, backend), at, backend);
            same(undisturbed, resumed, "when resumed at step " + at);
        }
    }

    /**
     * Steps and questions take no memory that they do not give back, once everything is made that a
     * fit keeps. A fit whose state grows may keep more: for each number in it as much as before, or
     * one number. The reference tells, which itself keeps nothing and has numbers of eight bytes.
     */
    public void givesBackItsMemory(Backend reference) {
        var budget = new Budget(MEMORY);
        try (var compute = new BackendCompute(reference, Workers.SERIAL, budget)) {
            Fit fit = begin(task);
            step(fit, compute, 0, steps);
            goOn(fit, compute);
            long kept = budget.used();
            long before = numbers(fit.state(compute));
            goOn(fit, compute);
            long more = budget.used() - kept;
            long grown = Math.max(0, numbers(fit.state(compute)) - before);
            require(
                    more <= grown * Math.max(Double.BYTES, kept / Math.max(1, before)),
                    "%d steps keep %d bytes of memory, while its state grows by %d numbers"
                            .formatted(steps, more, grown));
        }
    }

    private static long numbers(State state) {
        return state.arrays().values().stream().mapToLong(Array::elements).sum();
    }

    /** As many steps again, or until it is done. */
    private void goOn(Fit fit, BackendCompute compute) {
        for (int k = 0; k < steps && !fit.isDone(); k++) {
            fit.step(compute);
        }
        fit.state(compute);
        fit.finish(compute);
    }

    /** A fit moves from one backend to the other and goes on. */
    public void movesBetweenBackends(Backend from, Backend to) {
        Fit fit = begin(task);
        State state;
        try (var compute = BackendCompute.on(from)) {
            step(fit, compute, 0, steps / 2);
            state = copy(fit.state(compute));
        }
        try (var compute = BackendCompute.on(to)) {
            fit.restore(state, compute);
            step(fit, compute, steps / 2, steps);
            opened(fit.finish(compute)).finite(compute);
        }
    }

    /**
     * A fit whose representation leaves in the middle and comes again, with other classes, ends as
     * one that was never interrupted, and nothing keeps the classes of one that has left.
     */
    public void goesOnWhenItComesAgain(Backend backend) {
        Model undisturbed = fit(backend, Workers.SERIAL);
        int half = steps / 2;
        State state =
                Departure.visit(
                        Representation.class,
                        representation,
                        first -> of(first).stateAt(half, backend));
        Model model =
                Departure.visit(
                        Representation.class,
                        representation,
                        second -> of(second).finished(state, half, backend));
        same(undisturbed, model, "when it left at step " + half + " and came again");
    }

    private RepresentationChecks of(Representation visitor) {
        return new RepresentationChecks(visitor, task, settings, steps, patience);
    }

    private Model finished(State state, int at, Backend backend) {
        Fit later = begin(task);
        try (var compute = BackendCompute.on(backend)) {
            later.restore(state, compute);
            state.arrays().values().forEach(RepresentationChecks::scribble);
            step(later, compute, at, steps);
            return later.finish(compute);
        }
    }

    private State stateAt(int step, Backend backend) {
        try (var compute = BackendCompute.on(backend)) {
            Fit fit = begin(task);
            step(fit, compute, 0, step);
            return copy(fit.state(compute));
        }
    }

    private static State copy(State state) {
        var arrays = new LinkedHashMap<String, Array>();
        state.arrays().forEach((name, array) -> arrays.put(name, array.as(array.type())));
        return new State(arrays, state.values());
    }

    private static void scribble(Array array) {
        for (long k = 0; k < array.elements(); k++) {
            array.set(k, 77);
        }
    }

    /** What it writes it reads, and what it cannot read it refuses in words. */
    public void opensItsModels(Backend backend) {
        Model model = fit(backend, Workers.SERIAL);
        require(model.representation().equals(representation.name()), "model of another name");
        require(model.version() == representation.version(), "model of another version");
        require(model.task().equals(task.name()), "model of another task");
        try (var compute = BackendCompute.on(backend)) {
            opened(model).finite(compute);
        }
        refuses(
                new Model(
                        model.representation(),
                        model.version() + 1,
                        model.task(),
                        model.arrays(),
                        model.metadata()),
                "of a newer version");
        refuses(
                new Model(
                        model.representation(),
                        model.version(),
                        model.task(),
                        Map.of(),
                        model.metadata()),
                "without arrays");
    }

    private void refuses(Model model, String what) {
        try {
            representation.open(model);
            throw new AssertionError("a model " + what + " is not refused");
        } catch (ModelException e) {
            require(e.getMessage() != null, "a model " + what + " is refused without a sentence");
        }
    }

    private FieldChecks opened(Model model) {
        return new FieldChecks(representation, model);
    }

    /** A picture drawn at any size shows the values at its pixels' places; if it can draw. */
    public void drawsItsValues(Backend backend) {
        Model model = fit(backend, Workers.SERIAL);
        try (var compute = BackendCompute.on(backend)) {
            opened(model).drawsItsValues(compute);
        }
    }

    /**
     * One model answers alike on both backends: values, derivatives, drawings, views and
     * predictions, but for rounding; and when it has answered, its memory is given back.
     */
    public void answersAlike(Backend backend, Backend reference) {
        opened(fit(backend, Workers.SERIAL)).answersAlike(backend, reference);
    }

    /** It fits tasks at the edge of what makes sense, and every value is a number. */
    public void fits(Task awkward, Backend backend) {
        Model model = fit(awkward, backend, Workers.SERIAL);
        try (var compute = BackendCompute.on(backend)) {
            opened(model).finite(compute);
        }
    }

    private static void same(Model expected, Model given, String when) {
        require(
                expected.arrays().keySet().equals(given.arrays().keySet()),
                "the model has other arrays " + when);
        expected.arrays()
                .forEach(
                        (name, array) -> {
                            Array other = given.arrays().get(name);
                            boolean equal =
                                    array.type() == other.type()
                                            && array.width() == other.width()
                                            && array.data().mismatch(other.data()) < 0;
                            require(equal, "array " + name + " differs " + when);
                        });
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
