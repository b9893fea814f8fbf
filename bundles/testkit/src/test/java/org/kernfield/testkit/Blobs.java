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
import java.util.concurrent.locks.LockSupport;

/** The plainest representation there can be: nine fixed Gaussians, weights by gradient descent. */
public class Blobs implements Representation {
    private static final Setting<Double> RATE =
            Setting.number("rate", 0.05, 0, 1, "", "Length of a gradient step.");
    private static final int SIDE = 3;

    /** Steps before its fault begins. */
    private static final int WELL = 1;

    /** A mistake that the contract must find. */
    enum Fault {
        NONE,
        THROWS_LATER,
        HANGS,
        TURNS_INTO_NAN,
        KEEPS_BUFFERS,
        NEVER_THE_SAME,
        FORGETS_MOMENTUM,
        ANSWERS_KEEP_BUFFERS,
        READS_ITS_BACKEND
    }

    private final Fault fault;
    private int fits;

    public Blobs() {
        this(Fault.NONE);
    }

    Blobs(Fault fault) {
        this.fault = fault;
    }

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
                model.integer("width"),
                model.integer("height"),
                channels,
                weight.toFloats(),
                fault);
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

    private static Array centres(int width, int height) {
        var centres = new float[SIDE * SIDE * 2];
        for (int k = 0; k < SIDE * SIDE; k++) {
            centres[2 * k] = (k % SIDE + 0.5f) * width / SIDE;
            centres[2 * k + 1] = (k / SIDE + 0.5f) * height / SIDE;
        }
        return Array.of(2, centres);
    }

    private final class Descent implements Fit {
        private final Image image;
        private final double rate;
        private final int number = ++fits;
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
            misbehave(compute);
            float[] slope = slope(compute);
            for (int k = 0; k < slope.length; k++) {
                momentum[k] = 0.5f * momentum[k] - (float) (rate / image.pixels()) * slope[k];
                weights[k] += momentum[k];
            }
            step++;
        }

        private void misbehave(Compute compute) {
            if (step < WELL) {
                return;
            }
            switch (fault) {
                case THROWS_LATER -> throw new IllegalStateException("the weights are gone");
                case HANGS -> LockSupport.park();
                case TURNS_INTO_NAN -> weights[0] = Float.NaN;
                case KEEPS_BUFFERS -> compute.allocate(ElementType.F32, 10, 1);
                case NEVER_THE_SAME -> weights[0] += 1e-3f * number;
                default -> {}
            }
        }

        private float[] slope(Compute compute) {
            int channels = image.channels();
            var sum = Reduction.sum(kernel(channels), Neighbourhood.ALL);
            try (Buffer weight = compute.upload(Array.of(channels, weights));
                    Buffer centre = compute.upload(centres(image.width(), image.height()));
                    Buffer value = compute.allocate(ElementType.F32, image.pixels(), channels);
                    Buffer gradient = compute.allocate(ElementType.F32, SIDE * SIDE, channels)) {
                Args args =
                        Args.raster("x", image.width(), image.height())
                                .with("centre", centre)
                                .with("weight", weight)
                                .with("scale", 3.0 / image.width(), 3.0 / image.height());
                compute.run(sum, args, Map.of("value", value));
                float[] residual = compute.download(value).toFloats();
                for (int k = 0; k < residual.length; k++) {
                    residual[k] -= image.values()[k];
                }
                value.write(Array.of(channels, residual));
                compute.run(
                        sum.vjp(Set.of("weight")).getFirst(),
                        args.with("d_value", value),
                        Map.of("d_weight", gradient));
                return compute.download(gradient).toFloats();
            }
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
            if (fault != Fault.FORGETS_MOMENTUM) {
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

    private record Drawn(
            int naturalWidth, int naturalHeight, int outputs, float[] weights, Fault fault)
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
            if (fault == Fault.ANSWERS_KEEP_BUFFERS) {
                compute.upload(points);
            }
            try (Buffer x = compute.upload(points);
                    Buffer weight = compute.upload(Array.of(outputs, weights));
                    Buffer centre = compute.upload(centres(naturalWidth, naturalHeight));
                    Buffer value = compute.allocate(ElementType.F32, points.rows(), outputs)) {
                compute.run(
                        Reduction.sum(kernel(outputs), Neighbourhood.ALL),
                        Args.rows(points.rows())
                                .with("x", x)
                                .with("centre", centre)
                                .with("weight", weight)
                                .with("scale", scale(compute) / naturalWidth, 3.0 / naturalHeight),
                        Map.of("value", value));
                return compute.download(value);
            }
        }

        private double scale(Compute compute) {
            boolean isElsewhere = !compute.backend().equals("reference");
            return fault == Fault.READS_ITS_BACKEND && isElsewhere ? 3.01 : 3;
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
