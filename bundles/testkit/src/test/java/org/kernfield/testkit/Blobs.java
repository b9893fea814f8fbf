package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Rendering;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plainest representation there can be: nine fixed Gaussians, weights by gradient descent. */
public class Blobs implements Representation {
    private static final Setting<Double> RATE =
            Setting.number("rate", 0.05, 0, 1, "", "Length of a gradient step.");
    private static final int SIDE = 3;

    /** Whether a resumed fit forgets how far it was: the fault that the contract must find. */
    boolean forgetsMomentum;

    @Override
    public String name() {
        return "blobs";
    }

    @Override
    public String label() {
        return "nine Gaussians";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of(ImageTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(RATE);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        if (task instanceof ImageTask image) {
            return new Descent(image.image(), settings.get(RATE));
        }
        throw new SettingException("task " + task.name() + ": not a picture; use image");
    }

    @Override
    public Field open(Model model) {
        if (model.version() > version()) {
            throw new ModelException("model: version " + model.version() + " is too new; update");
        }
        int channels = model.integer("channels");
        Array weight = model.array("weight", channels);
        return new Drawn(
                model.integer("width"), model.integer("height"), channels, weight.toFloats());
    }

    private static Kernel kernel(int channels) {
        var k = Kernel.build("blob");
        Vec d = k.input("x", 2).minus(k.param("centre", 2));
        Vec scale = k.uniform("scale", 2);
        Vec weight = k.param("weight", channels);
        Expr value = d.times(scale).squaredNorm().radial(new RadialProfile.Gaussian());
        k.output("value", weight.times(value));
        return k.done();
    }

    private static Args bind(Args args, int width, int height, Buffer weight, Compute compute) {
        var centres = new float[SIDE * SIDE * 2];
        for (int k = 0; k < SIDE * SIDE; k++) {
            centres[2 * k] = (k % SIDE + 0.5f) * width / SIDE;
            centres[2 * k + 1] = (k / SIDE + 0.5f) * height / SIDE;
        }
        return args.with("centre", compute.upload(Array.of(2, centres)))
                .with("weight", weight)
                .with("scale", 3.0 / width, 3.0 / height);
    }

    private final class Descent implements Fit {
        private final Image image;
        private final double rate;
        private float[] weights;
        private float[] momentum;
        private long step;

        Descent(Image image, double rate) {
            this.image = image;
            this.rate = rate;
            this.weights = new float[SIDE * SIDE * image.channels()];
            this.momentum = new float[weights.length];
        }

        @Override
        public void step(Compute compute) {
            int channels = image.channels();
            Buffer weight = compute.upload(Array.of(channels, weights));
            Buffer value = compute.allocate(ElementType.F32, image.pixels(), channels);
            Args args = Args.raster("x", image.width(), image.height());
            args = bind(args, image.width(), image.height(), weight, compute);
            var sum = Reduction.sum(kernel(channels), Neighbourhood.ALL);
            compute.run(sum, args, Map.of("value", value));
            float[] residual = compute.download(value).toFloats();
            for (int k = 0; k < residual.length; k++) {
                residual[k] -= image.values()[k];
            }
            Buffer gradient = compute.allocate(ElementType.F32, SIDE * SIDE, channels);
            compute.run(
                    sum.vjp(Set.of("weight")).getFirst(),
                    args.with("d_value", compute.upload(Array.of(channels, residual))),
                    Map.of("d_weight", gradient));
            float[] slope = compute.download(gradient).toFloats();
            for (int k = 0; k < slope.length; k++) {
                momentum[k] = 0.5f * momentum[k] - (float) (rate / image.pixels()) * slope[k];
                weights[k] += momentum[k];
            }
            step++;
        }

        @Override
        public State state(Compute compute) {
            int channels = image.channels();
            return new State(
                    Map.of(
                            "weight", Array.of(channels, weights),
                            "momentum", Array.of(channels, momentum)),
                    Map.of("step", Long.toString(step)));
        }

        @Override
        public void restore(State state, Compute compute) {
            weights = state.array("weight").toFloats();
            step = state.integer("step");
            if (!forgetsMomentum) {
                momentum = state.array("momentum").toFloats();
            }
        }

        @Override
        public Metrics metrics() {
            return Metrics.none();
        }

        @Override
        public Model finish(Compute compute) {
            return new Model(
                    name(),
                    version(),
                    "image",
                    Map.of("weight", Array.of(image.channels(), weights.clone())),
                    Map.of(
                            "width", Integer.toString(image.width()),
                            "height", Integer.toString(image.height()),
                            "channels", Integer.toString(image.channels())));
        }
    }

    private record Drawn(int naturalWidth, int naturalHeight, int outputs, float[] weights)
            implements Field, Rendering {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public long parameters() {
            return weights.length;
        }

        @Override
        public Array values(Array points, Compute compute) {
            try (Buffer x = compute.upload(points);
                    Buffer weight = compute.upload(Array.of(outputs, weights));
                    Buffer value = compute.allocate(ElementType.F32, points.rows(), outputs)) {
                Args args = Args.rows(points.rows()).with("x", x);
                compute.run(
                        Reduction.sum(kernel(outputs), Neighbourhood.ALL),
                        bind(args, naturalWidth, naturalHeight, weight, compute),
                        Map.of("value", value));
                return compute.download(value);
            }
        }

        @Override
        public Image render(int width, int height, Compute compute) {
            var points = new float[width * height * 2];
            for (int k = 0; k < width * height; k++) {
                points[2 * k] = (k % width + 0.5f) * naturalWidth / width;
                points[2 * k + 1] = (k / width + 0.5f) * naturalHeight / height;
            }
            float[] values = values(Array.of(2, points), compute).toFloats();
            return new Image(width, height, outputs, values);
        }
    }
}
