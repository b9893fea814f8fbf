package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Neighbourhood.Grid;
import org.kernfield.backend.Neighbourhood.Offset;
import org.kernfield.backend.Neighbourhood.Stencil;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.backend.Tape;
import org.kernfield.backend.Tape.Node;
import org.kernfield.backend.TapeArgs;
import org.kernfield.field.Image;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.KernelBuilder;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;
import org.kernfield.numerics.ImageMetrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Gradients of chains of reductions against differences, in float64. */
class TapeTest {
    private static final double STEP = 1e-5;

    /** A loss recorded on a tape from variables by name. */
    @FunctionalInterface
    private interface Loss {
        Node of(Tape tape, Map<String, Node> variables);
    }

    private final Map<String, Array> variables = new LinkedHashMap<>();

    private void variable(String name, int width, double... values) {
        variables.put(name, Array.of(width, values));
    }

    private static double[] random(int count, double from, double to, long seed) {
        return new SplittableRandom(seed).doubles(count, from, to).toArray();
    }

    private static KernelBuilder kernel(String name) {
        return Kernel.build(name).precision(Precision.F64);
    }

    private static Node only(Map<String, Node> results) {
        assertThat(results).hasSize(1);
        return results.values().iterator().next();
    }

    private static Map<String, Node> upload(Session session, Tape tape, Map<String, Array> from) {
        var nodes = new LinkedHashMap<String, Node>();
        from.forEach(
                (name, values) -> {
                    Buffer buffer =
                            session.allocate(ElementType.F64, values.rows(), values.width());
                    buffer.write(values);
                    nodes.put(name, tape.variable(buffer));
                });
        return nodes;
    }

    private static double[] numbers(Buffer buffer) {
        var values = new double[Math.toIntExact(buffer.rows() * buffer.width())];
        buffer.read(Array.of(buffer.width(), values));
        return values;
    }

    private double value(Loss loss) {
        try (var session = Agreement.reference();
                var tape = new Tape(session)) {
            return numbers(loss.of(tape, upload(session, tape, variables)).buffer())[0];
        }
    }

    private void matchesDifferences(Loss loss) {
        var gradients = new LinkedHashMap<String, double[]>();
        try (var session = Agreement.reference();
                var tape = new Tape(session)) {
            var nodes = upload(session, tape, variables);
            var buffers = tape.backward(loss.of(tape, nodes), nodes.values());
            nodes.forEach((name, node) -> gradients.put(name, numbers(buffers.get(node))));
        }
        var random = new SplittableRandom(3);
        gradients.forEach(
                (name, gradient) -> {
                    for (int probe = 0; probe < 5; probe++) {
                        int at = random.nextInt(gradient.length);
                        Array values = variables.get(name);
                        double before = values.get(at);
                        values.set(at, before + STEP);
                        double above = value(loss);
                        values.set(at, before - STEP);
                        double below = value(loss);
                        values.set(at, before);
                        double difference = (above - below) / (2 * STEP);
                        assertThat(gradient[at])
                                .as("d loss / d %s[%d]", name, at)
                                .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
                    }
                });
        assertThat(gradients.values())
                .allSatisfy(g -> assertThat(g).isNotEqualTo(new double[g.length]));
    }

    @Test
    void differentiatesANetworkOnGridFeatures() {
        int n = 30;
        variable("u", 2, random(2 * n, 0.02, 0.98, 1));
        variable("table", 2, random(50, -1, 1, 2));
        variable("hidden", 5, random(10, -1, 1, 3));
        variable("bias", 5, random(5, -0.5, 0.5, 4));
        variable("out", 1, random(5, -1, 1, 5));
        variable("target", 1, random(n, -1, 1, 6));

        var k = kernel("features");
        Vec u = k.input("u", 2);
        Vec corner = k.pair("corner", 2);
        Expr weight = Expr.of(1);
        for (int c = 0; c < 2; c++) {
            Expr away = u.get(c).times(4).minus(corner.get(c)).abs();
            weight = weight.times(Expr.of(1).minus(away));
        }
        k.output("features", k.param("table", 2).times(weight));
        var lookUp = Reduction.sum(k.done(), new Grid("u", "corner", 4));

        var a = kernel("activation");
        a.output("y", a.input("x", 5).plus(a.uniform("bias", 5)).map(Expr::tanh));
        var activation = Reduction.map(a.done());

        var e = kernel("error");
        e.output("square", e.input("y").minus(e.input("target")).square());
        var error = Reduction.total(e.done());

        matchesDifferences(
                (tape, in) -> {
                    var rows = TapeArgs.rows(n);
                    var args = rows.with("u", in.get("u")).with("table", in.get("table"));
                    Node features = only(tape.reduce(lookUp, args));
                    Node x = tape.gemm(features, false, in.get("hidden"), false);
                    args = rows.with("x", x).with("bias", in.get("bias"));
                    Node y = only(tape.reduce(activation, args));
                    Node out = tape.gemm(y, false, in.get("out"), false);
                    args = rows.with("y", out).with("target", in.get("target"));
                    return only(tape.reduce(error, args));
                });
    }

    @Test
    void differentiatesStructuralSimilarityByStencils() {
        int width = 15;
        int height = 13;
        variable("a", 1, random(width * height, 0.1, 0.9, 1));
        variable("b", 1, random(width * height, 0.1, 0.9, 2));
        double ssim = value((tape, in) -> similarity(tape, in, width, height));
        assertThat(ssim)
                .isCloseTo(
                        ImageMetrics.ssim(image("a", width, height), image("b", width, height)),
                        within(1e-5));
        matchesDifferences((tape, in) -> similarity(tape, in, width, height));
    }

    private Image image(String name, int width, int height) {
        return new Image(width, height, 1, variables.get(name).toFloats());
    }

    /** SSIM with a Gaussian window of 11 × 11 pixels, σ = 1.5, where the window fits. */
    private static Node similarity(Tape tape, Map<String, Node> in, int width, int height) {
        double weightOfRow = 0;
        var offsets = new ArrayList<Offset>();
        for (int dy = -5; dy <= 5; dy++) {
            weightOfRow += Math.exp(-dy * dy / 4.5);
            for (int dx = -5; dx <= 5; dx++) {
                offsets.add(new Offset(dx, dy));
            }
        }
        var k = kernel("moments");
        Expr window = k.pair("offset", 2).squaredNorm().dividedBy(-4.5).exp();
        Expr w = window.dividedBy(weightOfRow * weightOfRow);
        Expr a = k.param("a");
        Expr b = k.param("b");
        k.output("m", Vec.of(a, b, a.square(), b.square(), a.times(b)).times(w));
        Node moments =
                only(
                        tape.reduce(
                                Reduction.sum(k.done(), new Stencil("offset", offsets)),
                                TapeArgs.raster("x", width, height)
                                        .with("a", in.get("a"))
                                        .with("b", in.get("b"))));
        var s = kernel("similarity");
        Vec x = s.input("x", 2);
        Vec m = s.input("m", 5);
        Expr product = m.x().times(m.y());
        Expr squares = m.x().square().plus(m.y().square());
        Expr covariance = m.get(4).minus(product);
        Expr variances = m.get(2).plus(m.get(3)).minus(squares);
        Expr term =
                product.times(2)
                        .plus(1e-4)
                        .times(covariance.times(2).plus(9e-4))
                        .dividedBy(squares.plus(1e-4).times(variances.plus(9e-4)));
        // how far the window reaches beyond an edge
        Expr beyond =
                Expr.of(5)
                        .minus(x.x())
                        .max(x.x().minus(width - 5))
                        .max(Expr.of(5).minus(x.y()))
                        .max(x.y().minus(height - 5));
        double count = (width - 10.0) * (height - 10);
        s.output("ssim", beyond.lessThan(Expr.of(0)).select(term.dividedBy(count), Expr.of(0)));
        return only(
                tape.reduce(
                        Reduction.total(s.done()),
                        TapeArgs.raster("x", width, height).with("m", moments)));
    }

    @Test
    void differentiatesProjectedSplatsByTheirPositions() {
        int n = 12;
        variable("position", 3, random(3 * n, 1, 3, 1));
        variable("focal", 1, 6);
        variable("opacity", 1, random(n, 0.2, 0.8, 2));
        variable("colour", 3, random(3 * n, 0, 1, 3));

        var p = kernel("projection");
        Vec position = p.input("position", 3);
        Expr focal = p.uniform("focal");
        p.output("centre", position.slice(0, 2).times(focal.dividedBy(position.z())));
        p.output("depth", position.z());
        p.output("width", Expr.of(4).dividedBy(position.z()));
        var projection = Reduction.map(p.done());

        var k = kernel("splat");
        Vec d = k.input("x", 2).minus(k.param("centre", 2));
        Expr s = d.squaredNorm().dividedBy(k.param("width").square());
        k.param("depth");
        k.output("alpha", k.param("opacity").times(s.times(-0.5).exp()));
        k.output("seen", k.param("colour", 3));
        var over = new Compositing("alpha", "depth", 0.99, 0, 0);
        var composite = Reduction.composite(k.done(), Neighbourhood.ALL, over);

        var l = kernel("distance");
        Vec seen = l.input("seen", 3);
        Expr background = l.input("transmittance").times(0.25);
        l.output("l1", seen.map(c -> c.plus(background).minus(0.45).abs()).sum());
        var distance = Reduction.total(l.done());

        matchesDifferences(
                (tape, in) -> {
                    var projected =
                            tape.reduce(
                                    projection,
                                    TapeArgs.rows(n)
                                            .with("position", in.get("position"))
                                            .with("focal", in.get("focal")));
                    var args = TapeArgs.raster("x", 9, 7);
                    for (var result : projected.entrySet()) {
                        args = args.with(result.getKey(), result.getValue());
                    }
                    args = args.with("opacity", in.get("opacity")).with("colour", in.get("colour"));
                    var picture = tape.reduce(composite, args);
                    return only(
                            tape.reduce(
                                    distance,
                                    TapeArgs.rows(63)
                                            .with("seen", picture.get("seen"))
                                            .with("transmittance", picture.get("transmittance"))));
                });
    }

    @Test
    void differentiatesTheLikelihoodOfAMixture() {
        variable("x", 2, random(40, -1, 1, 1));
        variable("centre", 2, random(10, -1, 1, 2));
        variable("logWeight", 1, random(5, -1, 0, 3));
        variable("logWidth", 1, -0.7);
        var k = kernel("density");
        Expr width = k.uniform("logWidth").exp();
        Expr s = k.input("x", 2).minus(k.param("centre", 2)).squaredNorm();
        k.output("log", k.param("logWeight").minus(s.dividedBy(width)));
        var mixture = Reduction.logSumExp(k.done(), Neighbourhood.ALL);
        matchesDifferences(
                (tape, in) -> {
                    var args = TapeArgs.rows(20);
                    for (var variable : in.entrySet()) {
                        args = args.with(variable.getKey(), variable.getValue());
                    }
                    return tape.total(only(tape.reduce(mixture, args)));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8})
    void differentiatesFourierTransformsBothWays(int length) {
        variable("signal", length, random(3 * length, -1, 1, 1));
        int bins = 2 * (length / 2 + 1);
        variable("filter", bins, random(3 * bins, -1, 1, 2));
        var k = kernel("filter");
        k.output("y", k.input("a", bins).times(k.input("b", bins)));
        var e = kernel("energy");
        e.output("y", e.input("x", length).map(Expr::sin).sum());
        matchesDifferences(
                (tape, in) -> {
                    Node spectrum = tape.realFft(in.get("signal"));
                    var args = TapeArgs.rows(3).with("a", spectrum).with("b", in.get("filter"));
                    Node filtered = only(tape.reduce(Reduction.map(k.done()), args));
                    Node back = tape.inverseRealFft(filtered, length);
                    return only(
                            tape.reduce(
                                    Reduction.total(e.done()), TapeArgs.rows(3).with("x", back)));
                });
    }

    @Test
    void differentiatesGatheringScatteringAndTheNearest() {
        variable("rows", 2, random(12, -1, 1, 1));
        variable("places", 2, random(8, -1, 1, 2));
        var lists = NeighbourLists.of(6, new int[][] {{5, 0, 0}, {}, {1, 2, 3}, {4}});
        var k = kernel("closeness");
        Vec d = k.input("place", 2).minus(k.param("row", 2));
        k.output("closeness", d.squaredNorm().negate());
        var nearest = Reduction.max(k.done(), Neighbourhood.ALL);
        matchesDifferences(
                (tape, in) -> {
                    Node gathered = tape.gather(in.get("rows"), lists);
                    Node moved = tape.permute(gathered, new int[] {3, 0, 2, 2});
                    Node product = tape.gemm(moved, true, in.get("places"), false);
                    Node spread = tape.scatterAdd(in.get("places"), lists);
                    Node bent = tape.gemm(spread, false, product, true);
                    var args = TapeArgs.rows(4).with("place", in.get("places")).with("row", bent);
                    return tape.total(tape.reduce(nearest, args).get("closeness"));
                });
    }
}
