package org.kernfield.splat.train;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.field.State;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatNodes;
import org.kernfield.splat.SplatPicture;
import org.kernfield.splat.SplatRenderer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that lives on a backend while splats are trained; it dies when the fit moves. */
final class Training implements AutoCloseable {
    private final SplatRenderer renderer;
    private final RenderOptions options;
    private final List<Photograph> photographs;
    private Targets targets; // null until the first step
    private int halvings;
    private SplatAdam splats;
    private Watch watch;

    private Training(
            List<Photograph> photographs,
            SplatRenderer renderer,
            RenderOptions options,
            SplatAdam splats,
            Watch watch) {
        this.renderer = renderer;
        this.options = options;
        this.photographs = photographs;
        this.splats = splats;
        this.watch = watch;
    }

    static Training begin(
            List<Photograph> photographs,
            SplatRenderer renderer,
            RenderOptions options,
            Splats start,
            Compute compute) {
        return new Training(
                photographs,
                renderer,
                options,
                SplatAdam.begin(start, compute),
                new Watch(start.count()));
    }

    /** Goes on from what {@link #save} wrote. */
    static Training resume(
            List<Photograph> photographs,
            SplatRenderer renderer,
            RenderOptions options,
            State state,
            Compute compute) {
        return new Training(
                photographs,
                renderer,
                options,
                SplatAdam.restore(state, compute),
                Watch.restore(state));
    }

    void save(State into, Compute compute) {
        splats.save(into, compute);
        watch.save(into);
    }

    /** Makes room for harmonics of a higher degree. */
    void widen(int degree, Compute compute) {
        if (degree > splats.degree()) {
            splats = splats.widened(degree, compute);
        }
    }

    /**
     * One step towards a photograph.
     *
     * @param halvings how many times photographs are halved
     * @param watches whether gradients of centres are gathered
     * @param measures whether the loss is wanted
     * @return the loss before the step; NaN if it is not wanted
     */
    double step(
            int photograph,
            Rates rates,
            int halvings,
            boolean watches,
            boolean measures,
            long seed,
            Compute compute) {
        size(halvings);
        Target target = targets.of(photograph, compute);
        try (Tape tape = compute.tape()) {
            var variables = variables(tape);
            SplatPicture picture = record(tape, variables, target.photograph().view());
            Tape.Node loss = target.loss(tape, picture.image(), targets.loss());
            var wanted = new ArrayList<>(variables.values());
            if (watches) {
                wanted.add(picture.centres());
            }
            Map<Tape.Node, Buffer> gradients =
                    tape.backward(Map.of(loss, target.weights()), wanted);
            var byName = new LinkedHashMap<String, Buffer>();
            variables.forEach((name, node) -> byName.put(name, gradients.get(node)));
            if (watches) {
                watch(tape, picture, gradients.get(picture.centres()), compute);
            }
            splats.step(byName, rates, seed, compute);
            return measures ? total(loss, target, compute) : Double.NaN;
        }
    }

    private void size(int wanted) {
        if (targets == null || wanted != halvings) {
            closeTargets();
            targets = new Targets(photographs, wanted);
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
                compute.download(renderer.extents(tape, picture, options).buffer()).toFloats(),
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
        SplatAdam.PARAMETERS.forEach(
                name -> variables.put(name, tape.variable(splats.parameter(name))));
        return variables;
    }

    private SplatPicture record(Tape tape, Map<String, Tape.Node> variables, View view) {
        var nodes =
                new SplatNodes(
                        variables.get(SplatAdam.MEANS),
                        variables.get(SplatAdam.LOG_SCALES),
                        variables.get(SplatAdam.ROTATIONS),
                        variables.get(SplatAdam.OPACITIES),
                        variables.get(SplatAdam.SH));
        return renderer.render(tape, nodes, view, options);
    }

    /** The splats as a camera sees them. */
    Image view(View view, Compute compute) {
        try (Tape tape = compute.tape()) {
            SplatPicture picture = record(tape, variables(tape), view);
            return new Image(
                    picture.width(),
                    picture.height(),
                    3,
                    compute.download(picture.image().buffer()).toFloats());
        }
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
        splats = splats.replaced(others, origin, compute);
        watch = new Watch(others.count());
    }

    @Override
    public void close() {
        splats.close();
        closeTargets();
    }
}
