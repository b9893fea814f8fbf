package org.kernfield.splat.train;

import org.kernfield.backend.Backend;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Representation;
import org.kernfield.field.Task;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.testkit.BackendCompute;
import org.kernfield.testkit.RepresentationContract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What every representation owes, on the reference and on the cpu backend. */
class SplatContractTest extends RepresentationContract {
    private static final int SIDE = 12;
    private static final float[] WHITE = {1, 1, 1};

    @Override
    protected Representation representation() {
        return new SplatRepresentation();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("cap", "12", "seed", "3");
    }

    @Override
    protected Task task() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            return SyntheticScene.task(8, 4, SIDE, true, compute);
        }
    }

    /** One pixel, one row of one colour, and a camera that sees no point. */
    @Override
    protected List<Task> awkwardTasks() {
        var behind = new PointCloud(new float[] {0, 0, -50, 1, 0, -50}, new float[0]);
        return List.of(
                seen(1, 1, PointCloud.empty()),
                seen(SIDE, 1, PointCloud.empty()),
                seen(SIDE, SIDE, behind));
    }

    private static RadianceTask seen(int width, int height, PointCloud points) {
        var view = SyntheticScene.view(0, 1, SIDE);
        var pixels = new float[3 * width * height];
        Arrays.fill(pixels, 0.5f);
        var photograph =
                new Photograph(
                        view.with(view.camera().scaled(width, height)),
                        new Image(width, height, 3, pixels));
        return new RadianceTask(List.of(photograph), List.of(), points, WHITE);
    }

    @Override
    protected List<Backend> backends() {
        return List.of(new CpuBackend());
    }
}
