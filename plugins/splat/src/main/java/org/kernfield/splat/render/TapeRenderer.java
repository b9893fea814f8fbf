package org.kernfield.splat.render;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.field.Nearest;
import org.kernfield.kernel.Precision;
import org.kernfield.scene.Camera;
import org.kernfield.scene.View;
import org.kernfield.splat.Channel;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatNodes;
import org.kernfield.splat.SplatPicture;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.Window;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** The renderer as three reductions on the caller's tape: placement, projection, composite. */
public class TapeRenderer implements SplatRenderer {
    private static final Primitive GAUSSIAN = new Gaussian();

    /** By primitive, held weakly, so that the bundle of one can leave. */
    private final Map<Primitive, Map<Variant, SplatKernels>> kernels =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<Primitive, Map<Shapes, Reduction>> extents =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** What the map to extents depends on beside the primitive. */
    private record Shapes(Precision precision, int width) {}

    @Override
    public Primitive primitive(String name) {
        var there = primitives();
        return there.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "primitive "
                                                + name
                                                + ": is not here; "
                                                + Nearest.suggestion(
                                                        name,
                                                        there.stream()
                                                                .map(Primitive::name)
                                                                .toList())));
    }

    /** The primitives that are there: on the class path, unless a registry says otherwise. */
    protected List<Primitive> primitives() {
        return ClassPath.PRIMITIVES;
    }

    /** Found when they are first asked for; formulas are kept by primitive. */
    private static final class ClassPath {
        static final List<Primitive> PRIMITIVES =
                ServiceLoader.load(Primitive.class, TapeRenderer.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    @Override
    public Tape.Node extents(Tape tape, SplatPicture picture, RenderOptions options) {
        Primitive primitive = primitiveOf(options);
        Buffer shapes = picture.shapes().buffer();
        var key = new Shapes(Precision.valueOf(shapes.type().name()), shapes.width());
        Reduction map =
                extents.computeIfAbsent(primitive, p -> new ConcurrentHashMap<>())
                        .computeIfAbsent(
                                key,
                                s -> SplatKernels.extents(primitive, s.precision(), s.width()));
        var args =
                TapeArgs.rows(shapes.rows())
                        .with(SplatKernels.SHAPE, picture.shapes())
                        .with(SplatKernels.OPACITY, picture.opacities());
        return tape.variable(tape.reduce(map, args).get(SplatKernels.EXTENT).buffer());
    }

    private static Primitive primitiveOf(RenderOptions options) {
        return options.primitive() == null ? GAUSSIAN : options.primitive();
    }

    @Override
    public SplatPicture render(Tape tape, SplatNodes splats, View view, RenderOptions options) {
        Camera camera = view.camera();
        if (camera.width() < 1 || camera.height() < 1) {
            throw new IllegalArgumentException(
                    "view %s: a camera of %d × %d pixels; give it a size"
                            .formatted(view.picture(), camera.width(), camera.height()));
        }
        Primitive primitive = primitiveOf(options);
        Variant variant = Variant.of(splats, camera, options);
        check(variant, primitive, splats);
        return record(tape, splats, view, options, kernels(primitive, variant));
    }

    private SplatKernels kernels(Primitive primitive, Variant variant) {
        return kernels.computeIfAbsent(primitive, p -> new ConcurrentHashMap<>())
                .computeIfAbsent(variant, v -> SplatKernels.of(v, primitive));
    }

    private static void check(Variant variant, Primitive primitive, SplatNodes splats) {
        if (variant.attributes() != primitive.attributes()) {
            throw new IllegalArgumentException(
                    "splats: %d attributes for %s, which has %d; give as many"
                            .formatted(
                                    variant.attributes(),
                                    primitive.name(),
                                    primitive.attributes()));
        }
        if (variant.has(Channel.FEATURES) && splats.features() == null) {
            throw new IllegalArgumentException(
                    "splats: no features to composite; give a node of them");
        }
    }

    private static SplatPicture record(
            Tape tape, SplatNodes splats, View view, RenderOptions options, SplatKernels formulas) {
        Camera camera = view.camera();
        Window window =
                options.window() == null
                        ? new Window(0, 0, camera.width(), camera.height())
                        : options.window();
        var numbers = CameraNumbers.of(view, window);
        var inputs = new SplatInputs(splats, numbers, options.near());
        Tape.Node depth = inputs.map(tape, formulas.depth()).get(SplatKernels.DEPTH);
        var projected = inputs.map(tape, formulas.projection());
        TapeArgs args =
                TapeArgs.raster(SplatKernels.PIXEL, window.width(), window.height())
                        // the order counts as constant
                        .with(SplatKernels.DEPTH, tape.variable(depth.buffer()))
                        .with(
                                SplatKernels.COLOUR,
                                inputs.map(tape, formulas.colour()).get(SplatKernels.COLOUR));
        if (camera.lens() == Camera.Lens.EQUIRECTANGULAR) {
            args = args.with(Lenses.INTRINSICS, numbers.intrinsics());
        }
        for (var number : projected.entrySet()) {
            args = args.with(number.getKey(), number.getValue());
        }
        if (options.channels().contains(Channel.FEATURES)) {
            args = args.with(SplatKernels.number(Channel.FEATURES), splats.features());
        }
        var composited = tape.reduce(formulas.composite(), args);
        var channels = new EnumMap<Channel, Tape.Node>(Channel.class);
        for (Channel channel : options.channels()) {
            channels.put(channel, composited.get(SplatKernels.painted(channel)));
        }
        Tape.Node painted = composited.get(SplatKernels.PAINTED);
        Tape.Node transmittance = composited.get(Compositing.TRANSMITTANCE);
        return new SplatPicture(
                window.width(),
                window.height(),
                Background.over(tape, painted, transmittance, options.background()),
                transmittance,
                projected.get(SplatKernels.CENTRE),
                projected.get(SplatKernels.SHAPE),
                projected.get(SplatKernels.OPACITY),
                channels);
    }
}
