package org.kernfield.splat.train;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.Pullback;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.field.State;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.DensityStrategy;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatNodes;
import org.kernfield.splat.SplatPicture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that lives on a backend while splats are trained; it dies when the fit moves. */
final class Training implements AutoCloseable {
    private final Setup setup;
    private final Corrections corrections;
    private final Smoothing smoothing;
    private Primitive footprint;
    private Targets targets; // null until the first step
    private int halvings;
    private SplatAdam splats;
    private Watch watch;

    private Training(Setup setup, Primitive footprint, SplatAdam splats, Watch watch) {
        this.setup = setup;
        this.footprint = footprint;
        this.corrections = new Corrections(setup);
        this.smoothing = new Smoothing(setup);
        this.splats = splats;
        this.watch = watch;
    }

    static Training begin(Setup setup, Primitive footprint, Splats start, Compute compute) {
        var training =
                new Training(
                        setup,
                        footprint,
                        SplatAdam.begin(start, footprint, compute),
                        new Watch(start.count()));
        training.smoothing.follow(start.means(), compute);
        return training;
    }

    /** Goes on from what {@link #save} wrote. */
    static Training resume(Setup setup, Primitive footprint, State state, Compute compute) {
        var training =
                new Training(
                        setup, footprint, SplatAdam.restore(state, compute), Watch.restore(state));
        training.corrections.restore(state);
        training.smoothing.restore(state, compute);
        return training;
    }

    void save(State into, Compute compute) {
        splats.save(into, compute);
        watch.save(into);
        corrections.save(into);
        smoothing.save(into, compute);
    }

    /** Draws with a primitive from now on, the same one as before or one that has replaced it. */
    void draw(Primitive with) {
        footprint = with;
    }

    /** Makes room for harmonics of a higher degree. */
    void widen(int degree, Compute compute) {
        if (degree > splats.degree()) {
            splats = splats.widened(degree, footprint, compute);
        }
    }

    /**
     * One step towards a photograph.
     *
     * @param strategy says what is gathered
     * @return the loss before the step, without that of alpha; NaN if it is not wanted
     */
    double step(Pass pass, Rates rates, DensityStrategy strategy, long seed, Compute compute) {
        size(pass.halvings());
        int photograph = pass.photograph();
        Target target = targets.of(photograph, compute);
        try (Tape tape = compute.tape()) {
            var variables = variables(tape);
            View view = target.photograph().view();
            SplatNodes nodes =
                    corrections.posed(tape, nodes(tape, variables), view, photograph, compute);
            RenderOptions options = options().withBackground(pass.background());
            SplatPicture picture = setup.renderer().render(tape, nodes, view, options);
            Tape.Node exposed = corrections.exposed(tape, picture.image(), photograph, compute);
            double[] shift = setup.backdrop().shift(pass.background());
            Tape.Node loss = target.loss(tape, exposed, shift, targets.loss());
            Pullback back =
                    tape.backward(
                            cotangents(tape, loss, picture, target),
                            wanted(variables, picture, strategy),
                            strategy.watchesMagnitudes() ? List.of(picture.centres()) : List.of());
            var byName = new LinkedHashMap<String, Buffer>();
            variables.forEach((name, node) -> byName.put(name, back.gradients().get(node)));
            if (strategy.watchesGradients()) {
                var pulls = strategy.watchesMagnitudes() ? back.magnitudes() : back.gradients();
                watch(tape, picture, pulls.get(picture.centres()), compute);
            }
            splats.step(byName, rates, seed, compute);
            corrections.step(photograph, back.gradients(), rates, compute);
            return pass.measures() ? total(loss, target, compute) : Double.NaN;
        }
    }

    /** What the losses of the pixels count for. */
    private Map<Tape.Node, Buffer> cotangents(
            Tape tape, Tape.Node loss, SplatPicture picture, Target target) {
        Tape.Node alphaLoss =
                setup.alphaLoss() > 0
                        ? target.alphaLoss(tape, picture.transmittance(), setup.alphaLoss())
                        : null;
        return alphaLoss == null
                ? Map.of(loss, target.weights())
                : Map.of(loss, target.weights(), alphaLoss, target.weights());
    }

    private List<Tape.Node> wanted(
            Map<String, Tape.Node> variables, SplatPicture picture, DensityStrategy strategy) {
        var wanted = new ArrayList<>(variables.values());
        if (strategy.watchesGradients()) {
            wanted.add(picture.centres());
        }
        wanted.addAll(corrections.recorded());
        return wanted;
    }

    private void size(int wanted) {
        if (targets == null || wanted != halvings) {
            closeTargets();
            targets = new Targets(setup.photographs(), wanted, setup.reading());
            halvings = wanted;
        }
    }

    private void closeTargets() {
        if (targets != null) {
            targets.close();
        }
    }

    private void watch(Tape tape, SplatPicture picture, Buffer pulls, Compute compute) {
        watch.add(
                compute.download(pulls).toFloats(),
                compute.download(picture.centres().buffer()).toFloats(),
                compute.download(setup.renderer().extents(tape, picture, options()).buffer())
                        .toFloats(),
                picture.width(),
                picture.height());
    }

    private static double total(Tape.Node loss, Target target, Compute compute) {
        float[] values = compute.download(loss.buffer()).toFloats();
        float[] weights = compute.download(target.weights()).toFloats();
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            sum += (double) values[k] * weights[k];
        }
        return sum;
    }

    private Map<String, Tape.Node> variables(Tape tape) {
        var variables = new LinkedHashMap<String, Tape.Node>();
        splats.parameters().forEach((name, buffer) -> variables.put(name, tape.variable(buffer)));
        return variables;
    }

    private SplatNodes nodes(Tape tape, Map<String, Tape.Node> variables) {
        var plain =
                new SplatNodes(
                        variables.get(SplatAdam.MEANS),
                        variables.get(SplatAdam.LOG_SCALES),
                        variables.get(SplatAdam.ROTATIONS),
                        variables.get(SplatAdam.OPACITIES),
                        variables.get(SplatAdam.SH));
        return smoothing.smoothed(tape, plain).withAttributes(variables.get(SplatAdam.ATTRIBUTES));
    }

    /** How splats are drawn. */
    private RenderOptions options() {
        return setup.plain().withPrimitive(footprint);
    }

    /** The splats as a camera sees them. */
    Image view(View view, Compute compute) {
        try (Tape tape = compute.tape()) {
            SplatPicture picture =
                    setup.renderer().render(tape, nodes(tape, variables(tape)), view, options());
            return new Image(
                    picture.width(),
                    picture.height(),
                    3,
                    compute.download(picture.image().buffer()).toFloats());
        }
    }

    /** The views of the photographs, as far as they are corrected. */
    List<View> views(Compute compute) {
        return corrections.views(compute);
    }

    /** How large the corrections are, by the names of figures. */
    Map<String, Double> corrected() {
        return corrections.sizes();
    }

    /** Lets the filter in space follow the means, where there is one. */
    void smooth(Compute compute) {
        if (smoothing.isOn()) {
            smoothing.follow(splats.means(compute), compute);
        }
    }

    /** The filter's variance of each splat; empty where there is none. */
    float[] filter(Compute compute) {
        return smoothing.variances(compute);
    }

    /** The primitive's numbers of each splat, row by row; empty where it has none. */
    float[] attributes(Compute compute) {
        return splats.attributes(compute);
    }

    int count() {
        return splats.count();
    }

    Splats download(Compute compute) {
        return splats.download(compute);
    }

    Watch watch() {
        return watch;
    }

    /** Replaces the splats and forgets what was watched. */
    void replace(Splats others, int[] origin, Compute compute) {
        splats = splats.replaced(others, footprint, origin, compute);
        watch = new Watch(others.count());
        smoothing.follow(others.means(), compute);
    }

    @Override
    public void close() {
        splats.close();
        corrections.close();
        smoothing.close();
        closeTargets();
    }
}
