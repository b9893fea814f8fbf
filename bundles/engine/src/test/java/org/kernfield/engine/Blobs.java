package org.kernfield.engine;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Rendering;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.Task;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * The smallest representation that uses everything: Gaussians at random fixed places, whose grey
 * weights follow the gradient with a rate that decays with progress.
 */
public final class Blobs implements Representation {
    static final Setting<Long> COUNT = Setting.integer("count", 4L, 1, 1_000_000_000, "", "Blobs.");
    static final Setting<Long> SEED = Setting.integer("seed", 0L, 0, Long.MAX_VALUE, "", "Seed.");
    static final Setting<Double> TARGET =
            Setting.number("target", null, 0, 100, "", "Loss to stop at.");

    private static final Kernel GAUSSIAN = gaussian();
    private static final Reduction SUM = Reduction.sum(GAUSSIAN.weighted(1), Neighbourhood.ALL);
    private static final Reduction GRADIENT = SUM.vjp(java.util.Set.of("weight")).getFirst();

    private final LongConsumer beforeStep;
    private final int version;

    /** As found by a service loader. */
    public Blobs() {
        this(step -> {});
    }

    /** Calls {@code beforeStep} with the number of steps done before each. */
    public Blobs(LongConsumer beforeStep) {
        this(beforeStep, 1);
    }

    public Blobs(LongConsumer beforeStep, int version) {
        this.beforeStep = beforeStep;
        this.version = version;
    }

    private static Kernel gaussian() {
        var k = Kernel.build("blob");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Expr s = x.minus(centre).squaredNorm().times(0.25);
        k.output("value", s.radial(new RadialProfile.Gaussian()));
        return k.done();
    }

    @Override
    public String name() {
        return "blobs";
    }

    @Override
    public String label() {
        return "a few blobs";
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of(ImageTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(COUNT, SEED, TARGET);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new BlobsFit(((ImageTask) task).image(), settings);
    }

    @Override
    public Field open(Model model) {
        return new BlobsField(model);
    }

    private final class BlobsFit implements Fit {
        private final Image target;
        private final int count;
        private final Double goal;
        private float[] centres;
        private float[] weights;
        private long step;
        private double loss = Double.NaN;

        BlobsFit(Image target, Settings settings) {
            this.target = target;
            this.count = Math.toIntExact(settings.get(COUNT));
            this.goal = settings.get(TARGET);
            var random = new Random(settings.get(SEED));
            if (count > 1_000_000) {
                return; // step() will be refused by the budget
            }
            centres = new float[2 * count];
            for (int k = 0; k < count; k++) {
                centres[2 * k] = random.nextFloat() * target.width();
                centres[2 * k + 1] = random.nextFloat() * target.height();
            }
            weights = new float[count];
        }

        @Override
        public void step(Compute compute) {
            beforeStep.accept(step);
            compute.checkCancelled();
            if (centres == null) {
                compute.allocate(ElementType.F32, count, 1 << 12);
            }
            try (Buffer centre = compute.upload(Array.of(2, centres));
                    Buffer weight = compute.upload(Array.of(1, weights));
                    Buffer value = compute.allocate(ElementType.F32, target.pixels(), 1);
                    Buffer gradient = compute.allocate(ElementType.F32, count, 1)) {
                Args args =
                        Args.raster("x", target.width(), target.height())
                                .with("centre", centre)
                                .with("weight", weight);
                compute.run(SUM, args, Map.of("value", value));
                float[] residual = compute.download(value).toFloats();
                loss = 0;
                for (int k = 0; k < residual.length; k++) {
                    residual[k] -= target.values()[k];
                    loss += residual[k] * residual[k];
                }
                try (Buffer cotangent = compute.upload(Array.of(1, residual))) {
                    compute.run(
                            GRADIENT,
                            args.with("d_value", cotangent),
                            Map.of("d_weight", gradient));
                }
                float[] slope = compute.download(gradient).toFloats();
                float rate = (float) (0.05 * (1 - 0.5 * compute.progress()));
                for (int k = 0; k < count; k++) {
                    weights[k] -= rate * slope[k];
                }
            }
            step++;
        }

        @Override
        public boolean isDone() {
            return goal != null && loss <= goal;
        }

        @Override
        public State state(Compute compute) {
            return new State(
                    Map.of("centres", Array.of(2, centres), "weights", Array.of(1, weights)),
                    Map.of("step", Long.toString(step), "loss", Double.toString(loss)));
        }

        @Override
        public void restore(State state, Compute compute) {
            centres = state.array("centres").toFloats();
            weights = state.array("weights").toFloats();
            step = state.integer("step");
            loss = Double.parseDouble(state.values().get("loss"));
        }

        @Override
        public Metrics metrics() {
            return step == 0 ? Metrics.none() : Metrics.of("loss", loss);
        }

        @Override
        public Model finish(Compute compute) {
            return new Model(
                    "blobs",
                    version,
                    "image",
                    Map.of(
                            "centres", Array.of(2, centres.clone()),
                            "weights", Array.of(1, weights.clone())),
                    Map.of(
                            "width", Integer.toString(target.width()),
                            "height", Integer.toString(target.height())));
        }
    }

    private record BlobsField(Model model) implements Field, Differentiable, Rendering {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public long parameters() {
            return 3 * model.array("weights", 1).rows();
        }

        @Override
        public Array values(Array points, Compute compute) {
            return run(SUM, points, "value", 1, compute);
        }

        @Override
        public Array jacobian(Array points, Compute compute) {
            var kernel = GAUSSIAN.weighted(1).jacobian("x");
            return run(Reduction.sum(kernel, Neighbourhood.ALL), points, "d_x", 2, compute);
        }

        private Array run(Reduction r, Array points, String output, int width, Compute compute) {
            Buffer result = compute.allocate(ElementType.F32, points.rows(), width);
            Args args =
                    Args.rows(points.rows())
                            .with("x", compute.upload(points))
                            .with("centre", compute.upload(model.array("centres", 2)))
                            .with("weight", compute.upload(model.array("weights", 1)));
            compute.run(r, args, Map.of(output, result));
            return compute.download(result);
        }

        @Override
        public int naturalWidth() {
            return model.integer("width");
        }

        @Override
        public int naturalHeight() {
            return model.integer("height");
        }

        @Override
        public Image render(int width, int height, Compute compute) {
            var points = new float[2 * width * height];
            for (int k = 0; k < width * height; k++) {
                points[2 * k] = (k % width + 0.5f) * naturalWidth() / width;
                points[2 * k + 1] = (k / width + 0.5f) * naturalHeight() / height;
            }
            return new Image(width, height, 1, values(Array.of(2, points), compute).toFloats());
        }
    }
}
