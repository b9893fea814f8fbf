package org.kernfield.splat.render;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Evaluator;
import org.kernfield.backend.Tape;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatNodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A few random splats before a camera that is turned and moved, every number of which a test may
 * change.
 */
final class TestScene {
    static final int WIDTH = 13;
    static final int HEIGHT = 9;

    /** By name: means, logScales, rotations, opacities, sh, and what a test adds. */
    final Map<String, double[]> numbers = new LinkedHashMap<>();

    private final int count;

    TestScene(int count, int degree, long seed) {
        this.count = count;
        var random = new SplittableRandom(seed);
        numbers.put("means", gaussian(random, 3 * count, 0, 0.5));
        numbers.put("logScales", gaussian(random, 3 * count, -1.2, 0.3));
        numbers.put("rotations", gaussian(random, 4 * count, 0, 1));
        numbers.put("opacities", gaussian(random, count, 0, 1));
        numbers.put("sh", gaussian(random, 3 * count * Splats.coefficients(degree), 0.1, 0.2));
    }

    static double[] gaussian(SplittableRandom random, int n, double mean, double deviation) {
        return random.doubles(n).map(u -> mean + deviation * random.nextGaussian()).toArray();
    }

    int count() {
        return count;
    }

    /** Off-centre, turned and about 3 units away. */
    static View view(Camera.Lens lens, double focal, double... distortion) {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        var camera = new Camera(WIDTH, HEIGHT, focal, 1.1 * focal, 5.7, 4.9, lens, distortion);
        return new View(
                "test",
                camera,
                new double[] {c, 0, s, 0, 1, 0, -s, 0, c},
                new double[] {0.1, -0.2, 3});
    }

    static View pinhole() {
        return view(Camera.Lens.PERSPECTIVE, 12);
    }

    /** As buffers of one type; the caller closes the evaluator. */
    Map<String, Buffer> upload(Evaluator evaluator, ElementType type) {
        var buffers = new LinkedHashMap<String, Buffer>();
        numbers.forEach(
                (name, values) -> {
                    int rows = name.equals("pose") ? 1 : count;
                    Buffer buffer = evaluator.allocate(type, rows, values.length / rows);
                    buffer.write(Array.of(values.length / rows, values));
                    buffers.put(name, buffer);
                });
        return buffers;
    }

    static SplatNodes nodes(Tape tape, Map<String, Buffer> buffers) {
        var nodes = new LinkedHashMap<String, Tape.Node>();
        buffers.forEach((name, buffer) -> nodes.put(name, tape.variable(buffer)));
        return new SplatNodes(
                nodes.get("means"),
                nodes.get("logScales"),
                nodes.get("rotations"),
                nodes.get("opacities"),
                nodes.get("sh"),
                nodes.get("attributes"),
                nodes.get("filter"),
                nodes.get("features"),
                nodes.get("pose"));
    }

    /** A node by the name of its numbers. */
    static Tape.Node node(SplatNodes nodes, String name) {
        return switch (name) {
            case "means" -> nodes.means();
            case "logScales" -> nodes.logScales();
            case "rotations" -> nodes.rotations();
            case "opacities" -> nodes.opacities();
            case "sh" -> nodes.sh();
            case "attributes" -> nodes.attributes();
            case "filter" -> nodes.filter();
            case "features" -> nodes.features();
            default -> nodes.pose();
        };
    }

    static double[] read(Buffer buffer) {
        var values = new double[Math.toIntExact(buffer.rows() * buffer.width())];
        buffer.read(Array.of(buffer.width(), values));
        return values;
    }
}
