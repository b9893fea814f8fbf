package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
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

import java.util.List;
import java.util.Map;

/** The simplest representation: one colour, which goes half the way to the mean in each step. */
public final class Flat implements Representation {
    private static final Setting<Long> COLOURS =
            Setting.integer("colours", 1L, 1, 9, "", "Number of colours; one is used.");

    @Override
    public String name() {
        return "flat";
    }

    @Override
    public String label() {
        return "one colour";
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
        return List.of(COLOURS);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new Halving(((ImageTask) task).image());
    }

    @Override
    public Field open(Model model) {
        return new Colour(
                model.array("colour", model.integer("channels")).toFloats(),
                model.integer("width"),
                model.integer("height"));
    }

    private static final class Halving implements Fit {
        private final Image image;
        private final float[] mean;
        private float[] colour;
        private long step;

        Halving(Image image) {
            this.image = image;
            this.mean = new float[image.channels()];
            this.colour = new float[image.channels()];
            for (int k = 0; k < image.values().length; k++) {
                mean[k % mean.length] += image.values()[k] / image.pixels();
            }
        }

        @Override
        public void step(Compute compute) {
            step++;
            for (int k = 0; k < colour.length; k++) {
                colour[k] += (mean[k] - colour[k]) / 2;
            }
        }

        @Override
        public State state(Compute compute) {
            return new State(
                    Map.of("colour", Array.of(colour.length, colour.clone())),
                    Map.of("step", "" + step));
        }

        @Override
        public void restore(State state, Compute compute) {
            step = state.integer("step");
            colour = state.array("colour").toFloats();
        }

        @Override
        public Metrics metrics() {
            return Metrics.of("psnr", 10 + Math.min(step, 10));
        }

        @Override
        public Model finish(Compute compute) {
            return new Model(
                    "flat",
                    1,
                    "image",
                    Map.of("colour", Array.of(colour.length, colour.clone())),
                    Map.of(
                            "channels", "" + colour.length,
                            "width", "" + image.width(),
                            "height", "" + image.height()));
        }
    }

    private record Colour(float[] colour, int naturalWidth, int naturalHeight)
            implements Field, Rendering {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public int outputs() {
            return colour.length;
        }

        @Override
        public long parameters() {
            return colour.length;
        }

        @Override
        public Array values(Array points, Compute compute) {
            Array values = Array.zeros(ElementType.F32, points.rows(), colour.length);
            for (long k = 0; k < values.elements(); k++) {
                values.set(k, colour[(int) (k % colour.length)]);
            }
            return values;
        }

        @Override
        public Image render(int width, int height, Compute compute) {
            var values = new float[width * height * colour.length];
            for (int k = 0; k < values.length; k++) {
                values[k] = colour[k % colour.length];
            }
            return new Image(width, height, colour.length, values);
        }
    }
}
