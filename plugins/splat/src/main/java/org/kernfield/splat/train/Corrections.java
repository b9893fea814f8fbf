package org.kernfield.splat.train;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatNodes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is learned of the photographs beside the splats: nothing, exposures, poses or both. */
final class Corrections implements AutoCloseable {
    private final Setup setup;
    private final Exposures exposures; // null where they are not learned
    private final Poses poses; // null where they are not corrected
    private final List<PhotographCorrection> all = new ArrayList<>();

    Corrections(Setup setup) {
        this.setup = setup;
        int photographs = setup.photographs().size();
        exposures = setup.exposes() ? new Exposures(photographs) : null;
        poses = setup.refines() ? new Poses(photographs) : null;
        if (exposures != null) {
            all.add(exposures);
        }
        if (poses != null) {
            all.add(poses);
        }
    }

    /** Splats before the corrected camera of a photograph. */
    SplatNodes posed(Tape tape, SplatNodes splats, View view, int photograph, Compute compute) {
        return poses == null
                ? splats
                : splats.withPose(poses.pose(tape, view, photograph, compute));
    }

    /** A picture as the camera of a photograph would have taken it. */
    Tape.Node exposed(Tape tape, Tape.Node rendered, int photograph, Compute compute) {
        return exposures == null
                ? rendered
                : exposures.exposed(tape, rendered, photograph, compute);
    }

    /** What gradients are wanted by, after a picture was recorded. */
    List<Tape.Node> recorded() {
        return all.stream().map(PhotographCorrection::recorded).toList();
    }

    /** One step for a photograph, by the gradients of what was recorded. */
    void step(int photograph, Map<Tape.Node, Buffer> gradients, Rates rates, Compute compute) {
        for (PhotographCorrection correction : all) {
            Buffer gradient = gradients.get(correction.recorded());
            correction.step(photograph, compute.download(gradient).toFloats(), rates);
        }
    }

    /** The views of the photographs, as far as they are corrected. */
    List<View> views(Compute compute) {
        var views = new ArrayList<View>();
        for (Photograph photograph : setup.photographs()) {
            View view = photograph.view();
            views.add(poses == null ? view : poses.corrected(view, views.size(), compute));
        }
        return views;
    }

    /** How large the corrections are, by the names of figures. */
    Map<String, Double> sizes() {
        var sizes = new LinkedHashMap<String, Double>();
        if (exposures != null) {
            sizes.put("exposureSpread", exposures.size());
        }
        if (poses != null) {
            sizes.put("cameraTurnDegrees", poses.size());
        }
        return sizes;
    }

    void save(State into) {
        all.forEach(c -> c.save(into));
    }

    void restore(State from) {
        all.forEach(c -> c.restore(from));
    }

    @Override
    public void close() {
        all.forEach(PhotographCorrection::close);
    }
}
