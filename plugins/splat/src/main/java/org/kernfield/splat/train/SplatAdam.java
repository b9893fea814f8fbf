package org.kernfield.splat.train;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.scene.Splats;
import org.kernfield.splat.Primitive;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splats in a backend's memory with their moments, moved against gradients. Which buffer holds a
 * parameter changes with every step: ask {@link #parameter} each time.
 */
final class SplatAdam implements AutoCloseable {
    static final String MEANS = "means";
    static final String LOG_SCALES = "logScales";
    static final String ROTATIONS = "rotations";
    static final String OPACITIES = "opacities";
    static final String SH = "sh";
    static final String ATTRIBUTES = "attributes";

    /** Those that one map moves together. */
    private static final List<String> JOINT = List.of(MEANS, LOG_SCALES, ROTATIONS, OPACITIES);

    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final List<String> MOMENTS = List.of(FIRST, SECOND);
    private static final String STEPS = "adam.steps";

    /** Seeds that the language has random numbers for. */
    private static final long SEEDS = (1 << 24) - 1;

    /** Bounds of logarithmic scales. */
    private static final double[] SIZES = {-20, 10};

    private Map<String, Buffer> current;
    private Map<String, Buffer> next;
    private final RowParameter colours;
    private final RowParameter attributes; // null where the primitive has none
    private final Buffer rows;
    private final int count;
    private final int degree;
    private long steps;

    private SplatAdam(
            Map<String, Array> joint,
            RowParameter colours,
            RowParameter attributes,
            long steps,
            Compute compute) {
        this.steps = steps;
        this.colours = colours;
        this.attributes = attributes;
        current = new LinkedHashMap<>();
        next = new LinkedHashMap<>();
        joint.forEach(
                (name, array) -> {
                    current.put(name, compute.upload(array));
                    next.put(name, compute.allocate(ElementType.F32, array.rows(), array.width()));
                });
        count = Math.toIntExact(joint.get(OPACITIES).rows());
        degree = (int) Math.round(Math.sqrt(colours.width() / 3.0)) - 1;
        var numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = k;
        }
        rows = compute.upload(Array.of(1, numbers));
    }

    /** With moments of zero. */
    static SplatAdam begin(Splats splats, Primitive primitive, Compute compute) {
        int width = primitive.attributes();
        Array zeros = Array.zeros(ElementType.F32, splats.count(), SplatStep.WIDTH);
        return new SplatAdam(
                joint(splats, zeros, zeros),
                RowParameter.begin(SH, width(splats), splats.sh(), compute),
                width == 0
                        ? null
                        : RowParameter.begin(
                                ATTRIBUTES, width, Attributes.of(splats, primitive), compute),
                0,
                compute);
    }

    private static int width(Splats splats) {
        return 3 * Splats.coefficients(splats.degree());
    }

    private static Map<String, Array> joint(Splats splats, Array first, Array second) {
        var arrays = splats.arrays();
        arrays.keySet().retainAll(JOINT);
        arrays.put(FIRST, first);
        arrays.put(SECOND, second);
        return arrays;
    }

    /** Goes on from what {@link #save} wrote. */
    static SplatAdam restore(State from, Compute compute) {
        var joint = new LinkedHashMap<String, Array>();
        JOINT.forEach(name -> joint.put(name, from.array(name)));
        MOMENTS.forEach(name -> joint.put(name, from.array(name)));
        return new SplatAdam(
                joint,
                RowParameter.restore(SH, from, compute),
                from.arrays().containsKey(ATTRIBUTES)
                        ? RowParameter.restore(ATTRIBUTES, from, compute)
                        : null,
                from.integer(STEPS),
                compute);
    }

    void save(State into, Compute compute) {
        current.forEach((name, buffer) -> into.arrays().put(name, compute.download(buffer)));
        colours.save(into, compute);
        if (attributes != null) {
            attributes.save(into, compute);
        }
        into.values().put(STEPS, Long.toString(steps));
    }

    int count() {
        return count;
    }

    /** Degree of the spherical harmonics that are there. */
    int degree() {
        return degree;
    }

    /** All that is trained, by name. */
    Map<String, Buffer> parameters() {
        var parameters = new LinkedHashMap<String, Buffer>();
        JOINT.forEach(name -> parameters.put(name, current.get(name)));
        parameters.put(SH, colours.buffer());
        if (attributes != null) {
            parameters.put(ATTRIBUTES, attributes.buffer());
        }
        return parameters;
    }

    /** The splats in host memory, attributes as further properties. */
    Splats download(Compute compute) {
        return new Splats(
                degree,
                floats(MEANS, compute),
                floats(LOG_SCALES, compute),
                floats(ROTATIONS, compute),
                floats(OPACITIES, compute),
                colours.values(compute),
                attributes == null
                        ? Map.of()
                        : Attributes.properties(attributes.values(compute), attributes.width()));
    }

    /** Where the splats are, n × 3. */
    float[] means(Compute compute) {
        return floats(MEANS, compute);
    }

    /** The primitive's numbers of each splat, row by row; empty where it has none. */
    float[] attributes(Compute compute) {
        return attributes == null ? new float[0] : attributes.values(compute);
    }

    private float[] floats(String name, Compute compute) {
        return compute.download(current.get(name)).toFloats();
    }

    /**
     * Other splats in place of these, which are freed.
     *
     * @param origin of each the row whose moments it continues, −1 for zeros
     */
    SplatAdam replaced(Splats splats, Primitive primitive, int[] origin, Compute compute) {
        Map<String, Array> joint =
                joint(splats, moments(FIRST, origin, compute), moments(SECOND, origin, compute));
        SplatAdam replaced =
                new SplatAdam(
                        joint,
                        colours.replaced(width(splats), splats.sh(), origin, compute),
                        attributes == null
                                ? null
                                : attributes.replaced(
                                        attributes.width(),
                                        Attributes.of(splats, primitive),
                                        origin,
                                        compute),
                        steps,
                        compute);
        closeJoint();
        return replaced;
    }

    private Array moments(String name, int[] origin, Compute compute) {
        int width = SplatStep.WIDTH;
        return Array.of(width, Rows.taken(floats(name, compute), width, width, origin));
    }

    /** The same splats with room for harmonics up to a degree. */
    SplatAdam widened(int higher, Primitive primitive, Compute compute) {
        Splats splats = download(compute);
        var all = new int[count];
        Arrays.setAll(all, k -> k);
        int width = 3 * Splats.coefficients(higher);
        var wider =
                new Splats(
                        higher,
                        splats.means(),
                        splats.logScales(),
                        splats.rotations(),
                        splats.opacities(),
                        Rows.taken(splats.sh(), width(splats), width, all),
                        splats.extra());
        return replaced(wider, primitive, all, compute);
    }

    /**
     * One step.
     *
     * @param gradients of each parameter, of its shape
     */
    void step(Map<String, Buffer> gradients, Rates rates, long seed, Compute compute) {
        steps++;
        Args args =
                Args.rows(count)
                        .with(
                                "rates",
                                rates.means(),
                                rates.scales(),
                                rates.rotations(),
                                rates.opacities())
                        .with("correction1", SplatStep.correction1(steps))
                        .with("correction2", SplatStep.correction2(steps))
                        .with("scalePenalty", rates.scalePenalty() / (3.0 * count))
                        .with("opacityPenalty", rates.opacityPenalty() / count)
                        .with("exploration", rates.exploration())
                        .with("seed", seed & SEEDS)
                        .with("step", steps)
                        .with("bounds", SIZES)
                        .with("row", rows);
        for (String name : JOINT) {
            args = args.with(name, current.get(name)).with("d_" + name, gradients.get(name));
        }
        args = args.with(FIRST, current.get(FIRST)).with(SECOND, current.get(SECOND));
        compute.run(
                SplatStep.of(rates.exploration() > 0),
                args,
                Map.of(
                        "nextMeans", next.get(MEANS),
                        "nextLogScales", next.get(LOG_SCALES),
                        "nextRotations", next.get(ROTATIONS),
                        "nextOpacities", next.get(OPACITIES),
                        "nextFirst", next.get(FIRST),
                        "nextSecond", next.get(SECOND)));
        colours.step(gradients.get(SH), rates.harmonics(colours.width()), steps, compute);
        if (attributes != null) {
            attributes.step(
                    gradients.get(ATTRIBUTES), rates.all(attributes.width()), steps, compute);
        }
        Map<String, Buffer> swap = current;
        current = next;
        next = swap;
    }

    private void closeJoint() {
        current.values().forEach(Buffer::close);
        next.values().forEach(Buffer::close);
        rows.close();
    }

    @Override
    public void close() {
        closeJoint();
        colours.close();
        if (attributes != null) {
            attributes.close();
        }
    }
}
