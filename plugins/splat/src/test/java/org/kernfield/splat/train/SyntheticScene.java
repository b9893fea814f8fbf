package org.kernfield.splat.train;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Tape;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatNodes;
import org.kernfield.splat.render.TapeRenderer;

import java.util.ArrayList;
import java.util.SplittableRandom;

/** Photographs of known splats by exact cameras on a ring, on white. */
final class SyntheticScene {
    private static final float[] WHITE = {1, 1, 1};
    private static final double DISTANCE = 4;

    private SyntheticScene() {}

    /** Opaque coloured blobs within the unit ball. */
    static Splats splats(int count, long seed) {
        var random = new SplittableRandom(seed);
        Splats splats = Splats.allocate(count, 0);
        for (int k = 0; k < count; k++) {
            for (int c = 0; c < 3; c++) {
                splats.means()[3 * k + c] = (float) (1.4 * random.nextDouble() - 0.7);
                splats.logScales()[3 * k + c] = (float) (-2.2 + 0.5 * random.nextDouble());
                splats.sh()[3 * k + c] = (float) ((random.nextDouble() - 0.5) / Splats.SH_0);
            }
            splats.rotations()[4 * k] = 1;
            splats.rotations()[4 * k + 1] = (float) random.nextGaussian();
            splats.opacities()[k] = 2;
        }
        return splats;
    }

    /** The k-th of so many places on a ring, looking at the middle from above. */
    static View view(int k, int of, int size) {
        double turn = 2 * Math.PI * k / of;
        double c = Math.cos(turn);
        double s = Math.sin(turn);
        double tilt = 0.3;
        double[] around = {c, 0, s, 0, 1, 0, -s, 0, c};
        double[] down = {
            1, 0, 0, 0, Math.cos(tilt), -Math.sin(tilt), 0, Math.sin(tilt), Math.cos(tilt)
        };
        var rotation = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int m = 0; m < 3; m++) {
                    rotation[3 * i + j] += down[3 * i + m] * around[3 * m + j];
                }
            }
        }
        var camera =
                new Camera(
                        size,
                        size,
                        1.6 * size,
                        1.6 * size,
                        size / 2.0,
                        size / 2.0,
                        Lens.PERSPECTIVE);
        return new View("view" + k, camera, rotation, new double[] {0, 0, DISTANCE});
    }

    /** Over white. */
    static Image picture(Splats splats, View view, Compute compute) {
        return picture(splats, view, new double[] {1, 1, 1}, compute);
    }

    static Image picture(Splats splats, View view, double[] background, Compute compute) {
        var buffers = new ArrayList<Buffer>();
        for (Array array : splats.arrays().values()) {
            buffers.add(compute.upload(array));
        }
        try (Tape tape = compute.tape()) {
            var nodes = buffers.stream().map(tape::variable).toList();
            var picture =
                    new TapeRenderer()
                            .render(
                                    tape,
                                    new SplatNodes(
                                            nodes.get(0),
                                            nodes.get(1),
                                            nodes.get(2),
                                            nodes.get(3),
                                            nodes.get(4)),
                                    view,
                                    RenderOptions.usual().withBackground(background));
            return new Image(
                    view.camera().width(),
                    view.camera().height(),
                    3,
                    compute.download(picture.image().buffer()).toFloats());
        } finally {
            buffers.forEach(Buffer::close);
        }
    }

    /**
     * Every fourth view is held out.
     *
     * @param points whether to give the means, a little displaced
     */
    static RadianceTask task(int splats, int views, int size, boolean points, Compute compute) {
        Splats truth = splats(splats, 1);
        var training = new ArrayList<Photograph>();
        var held = new ArrayList<Photograph>();
        for (int k = 0; k < views; k++) {
            View view = view(k, views, size);
            var photograph = new Photograph(view, picture(truth, view, compute));
            (k % 4 == 3 ? held : training).add(photograph);
        }
        return new RadianceTask(
                training, held, points ? displaced(truth) : PointCloud.empty(), WHITE);
    }

    private static PointCloud displaced(Splats truth) {
        var random = new SplittableRandom(2);
        float[] positions = truth.means().clone();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += (float) (0.05 * random.nextGaussian());
        }
        return new PointCloud(positions, new float[0]);
    }
}
