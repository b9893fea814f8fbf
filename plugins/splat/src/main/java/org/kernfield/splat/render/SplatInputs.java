package org.kernfield.splat.render;

import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.kernel.Slot;
import org.kernfield.splat.SplatNodes;

import java.util.HashMap;
import java.util.Map;

/** What the maps over splats read: nodes of the splats, numbers of the camera. */
final class SplatInputs {
    private final long count;
    private final Map<String, Tape.Node> nodes = new HashMap<>();
    private final Map<String, double[]> uniforms;

    SplatInputs(SplatNodes splats, CameraNumbers camera, double near) {
        count = splats.count();
        nodes.put(SplatFormula.MEANS, splats.means());
        nodes.put(SplatFormula.LOG_SCALES, splats.logScales());
        nodes.put(SplatFormula.ROTATIONS, splats.rotations());
        nodes.put(SplatFormula.OPACITIES, splats.opacities());
        nodes.put(SplatFormula.ATTRIBUTES, splats.attributes());
        nodes.put(SplatFormula.FILTER, splats.filter());
        nodes.put(ColourFormula.SH, splats.sh());
        nodes.put(CameraFormula.POSE, splats.pose());
        uniforms =
                Map.of(
                        CameraFormula.POSE, camera.pose(),
                        CameraFormula.NEAR, new double[] {near},
                        Lenses.INTRINSICS, camera.intrinsics(),
                        Lenses.DISTORTION, camera.distortion(),
                        CameraFormula.BOUNDS, camera.bounds(),
                        SplatFormula.FARTHEST, new double[] {camera.farthest()});
    }

    /** Records a map over the splats. */
    Map<String, Tape.Node> map(Tape tape, Reduction map) {
        TapeArgs args = TapeArgs.rows(count);
        for (Slot slot : map.kernel().slots()) {
            Tape.Node node = nodes.get(slot.name());
            args =
                    node != null
                            ? args.with(slot.name(), node)
                            : args.with(slot.name(), uniforms.get(slot.name()));
        }
        return tape.reduce(map, args);
    }
}
