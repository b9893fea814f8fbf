package org.kernfield.splat;

import org.kernfield.backend.Array;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fitted model of splats holds: the arrays of {@link Splats} by their names, {@code
 * attributes} of the primitive and a {@code filter} where there are any, {@code views} with a row
 * of 27 float64 numbers each (width, height, fx, fy, cx, cy, lens, eight coefficients, rotation,
 * translation); as text the degree, the primitive, the background, whether it is antialiased, and a
 * line for the picture of each view.
 *
 * @param splats with no further properties
 * @param primitive its name
 * @param attributes n × {@link Primitive#attributes}, empty where there are none
 * @param filter n, see {@link SplatNodes#filter}, empty for none
 * @param background red, green, blue
 * @param isAntialiased see {@link RenderOptions}
 * @param views it was fitted to
 */
public record SplatModel(
        Splats splats,
        String primitive,
        float[] attributes,
        float[] filter,
        double[] background,
        boolean isAntialiased,
        List<View> views) {
    /** Name of the representation that reads it. */
    public static final String REPRESENTATION = "splat";

    /** Version of what is written. */
    public static final int VERSION = 1;

    /** The primitive that scenes in files are made of. */
    public static final String GAUSSIAN = "gaussian";

    private static final String TASK = "radiance";
    private static final int VIEW = 27;
    private static final int DISTORTION = 7;
    private static final int ROTATION = 15;
    private static final int TRANSLATION = 24;

    public SplatModel {
        views = List.copyOf(views);
    }

    /** Gaussians on black, without views. */
    public static SplatModel of(Splats splats) {
        return new SplatModel(
                splats, GAUSSIAN, new float[0], new float[0], new double[3], false, List.of());
    }

    /** As a model without further metadata. */
    public Model model() {
        var arrays = new LinkedHashMap<>(splats.with(Map.of()).arrays());
        int n = splats.count();
        if (attributes.length > 0) {
            arrays.put("attributes", Array.of(attributes.length / n, attributes));
        }
        if (filter.length > 0) {
            arrays.put("filter", Array.of(1, filter));
        }
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("degree", Integer.toString(splats.degree()));
        metadata.put("primitive", primitive);
        metadata.put("background", background[0] + " " + background[1] + " " + background[2]);
        metadata.put("antialiased", Boolean.toString(isAntialiased));
        if (!views.isEmpty()) {
            arrays.put("views", numbers(views));
            metadata.put("views", String.join("\n", views.stream().map(View::picture).toList()));
        }
        return new Model(REPRESENTATION, VERSION, TASK, arrays, metadata);
    }

    /**
     * Reads a model.
     *
     * @throws ModelException if arrays are missing or do not fit together, or it is too new
     */
    public static SplatModel of(Model model) {
        if (model.version() > VERSION) {
            throw new ModelException(
                    "model: version %d of splat, but this one reads up to %d; install a newer plugin"
                            .formatted(model.version(), VERSION));
        }
        int degree = model.integer("degree");
        if (degree < 0 || degree > Splats.MAX_DEGREE) {
            throw new ModelException(
                    "model: spherical harmonics of degree " + degree + "; write it anew");
        }
        try {
            var splats =
                    new Splats(
                            degree,
                            model.array("means", 3).toFloats(),
                            model.array("logScales", 3).toFloats(),
                            model.array("rotations", 4).toFloats(),
                            model.array("opacities", 1).toFloats(),
                            model.array("sh", 3 * Splats.coefficients(degree)).toFloats(),
                            Map.of());
            return new SplatModel(
                    splats,
                    model.metadata().getOrDefault("primitive", GAUSSIAN),
                    optional(model, "attributes", splats.count()),
                    optional(model, "filter", splats.count()),
                    background(model),
                    Boolean.parseBoolean(model.metadata().get("antialiased")),
                    views(model));
        } catch (ModelException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ModelException("model: " + e.getMessage() + "; write it anew");
        }
    }

    private static float[] optional(Model model, String name, int rows) {
        Array array = model.arrays().get(name);
        if (array == null) {
            return new float[0];
        }
        if (array.rows() != rows) {
            throw new ModelException(
                    "model: %d rows of %s for %d splats; write it anew"
                            .formatted(array.rows(), name, rows));
        }
        return array.toFloats();
    }

    private static double[] background(Model model) {
        String text = model.metadata().getOrDefault("background", "0 0 0");
        double[] colour =
                Arrays.stream(text.strip().split("\\s+"))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
        if (colour.length != 3) {
            throw new ModelException("model: background " + text + "; it needs three numbers");
        }
        return colour;
    }

    private static Array numbers(List<View> views) {
        var numbers = new double[VIEW * views.size()];
        for (int k = 0; k < views.size(); k++) {
            View view = views.get(k);
            Camera c = view.camera();
            double[] intrinsics = {
                c.width(), c.height(), c.fx(), c.fy(), c.cx(), c.cy(), c.lens().ordinal()
            };
            int at = VIEW * k;
            System.arraycopy(intrinsics, 0, numbers, at, DISTORTION);
            System.arraycopy(c.distortion(), 0, numbers, at + DISTORTION, c.distortion().length);
            System.arraycopy(view.rotation(), 0, numbers, at + ROTATION, 9);
            System.arraycopy(view.translation(), 0, numbers, at + TRANSLATION, 3);
        }
        return Array.of(VIEW, numbers);
    }

    private static List<View> views(Model model) {
        if (!model.arrays().containsKey("views")) {
            return List.of();
        }
        Array numbers = model.array("views", VIEW);
        String[] pictures = model.metadata().getOrDefault("views", "").split("\n", -1);
        var views = new ArrayList<View>();
        for (int k = 0; k < numbers.rows(); k++) {
            var row = new double[VIEW];
            for (int c = 0; c < VIEW; c++) {
                row[c] = numbers.get((long) k * VIEW + c);
            }
            views.add(view(k < pictures.length ? pictures[k] : "", row));
        }
        return views;
    }

    private static View view(String picture, double[] row) {
        int lens = (int) row[DISTORTION - 1];
        if (lens < 0 || lens >= Camera.Lens.values().length) {
            throw new ModelException("model: a lens of kind " + lens + "; install a newer plugin");
        }
        int end = ROTATION;
        while (end > DISTORTION && row[end - 1] == 0) {
            end--;
        }
        var camera =
                new Camera(
                        (int) row[0],
                        (int) row[1],
                        row[2],
                        row[3],
                        row[4],
                        row[5],
                        Camera.Lens.values()[lens],
                        Arrays.copyOfRange(row, DISTORTION, end));
        return new View(
                picture,
                camera,
                Arrays.copyOfRange(row, ROTATION, TRANSLATION),
                Arrays.copyOfRange(row, TRANSLATION, VIEW));
    }

    /**
     * The splats without a filter, looking the same: its variance f is added to their own, and of
     * an opacity √(|Σ| / |Σ + f·I|) is left.
     */
    public Splats smoothed() {
        if (filter.length == 0) {
            return splats;
        }
        float[] logScales = splats.logScales().clone();
        float[] opacities = splats.opacities().clone();
        for (int k = 0; k < opacities.length; k++) {
            double share = 1;
            for (int c = 3 * k; c < 3 * k + 3; c++) {
                double scale = Math.exp(logScales[c]);
                double wider = Math.sqrt(scale * scale + filter[k]);
                share *= wider > 0 ? scale / wider : 1;
                logScales[c] = (float) Math.log(wider);
            }
            double opacity = share / (1 + Math.exp(-opacities[k]));
            opacities[k] = (float) Math.log(opacity / (1 - opacity));
        }
        return new Splats(
                splats.degree(),
                splats.means(),
                logScales,
                splats.rotations(),
                opacities,
                splats.sh(),
                splats.extra());
    }

    /** How it is drawn with the primitive of its name. */
    public RenderOptions options(Primitive footprint) {
        return RenderOptions.usual()
                .withPrimitive(footprint)
                .withBackground(background)
                .withAntialiasing(isAntialiased);
    }
}
