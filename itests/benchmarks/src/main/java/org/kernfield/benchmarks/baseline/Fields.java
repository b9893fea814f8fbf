package org.kernfield.benchmarks.baseline;

import org.kernfield.benchmarks.GeneratedField;

import java.util.Optional;

/**
 * A picture of a megapixel as 100,000 Gaussians in three colours, and its gradient, on one thread.
 * By hand it begins with records, boxes and lists prepared, and in Java once more with preparing
 * them; the generated code prepares them in the time that is measured.
 */
final class Fields {
    private static final int COUNT = 100_000;
    private static final int COLOURS = 3;

    private final Optional<NativeCode> c;

    Fields(Optional<NativeCode> c) {
        this.c = c;
    }

    void run() {
        var scene = FieldScene.random(COUNT);
        var derivative = new float[COLOURS * FieldScene.PIXELS];
        for (int k = 0; k < derivative.length; k++) {
            derivative[k] = (float) Math.sin(0.001 * k);
        }
        try (var generated =
                new GeneratedField(
                        FieldScene.SIDE,
                        scene.column(0, 2),
                        scene.column(2, 3),
                        scene.column(5, COLOURS),
                        derivative)) {
            forward(scene, generated);
            backward(scene, derivative, generated);
        }
    }

    private void forward(FieldScene scene, GeneratedField generated) {
        var image = new float[COLOURS * FieldScene.PIXELS];
        FieldSums.picture(scene, image);
        check(scene, image);
        var contest = new Contest("RBF field, forward", 1e-6 * FieldScene.PIXELS, "Mpx/s");
        contest.with("generated", generated::forward);
        contest.with("preparing", () -> FieldSums.picture(scene.again(), image));
        contest.with("Java", () -> FieldSums.picture(scene, image));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "field",
                                        NativeCode.copy(scene.records()),
                                        NativeCode.copy(scene.boxes()),
                                        NativeCode.copy(scene.list()),
                                        NativeCode.copy(scene.start()),
                                        NativeCode.copy(image),
                                        (long) FieldScene.SIDE,
                                        (long) FieldScene.SIDE)));
        contest.run();
    }

    private void backward(FieldScene scene, float[] derivative, GeneratedField generated) {
        var sums = new float[FieldSums.SUMS * COUNT];
        FieldSums.gradient(scene, derivative, sums);
        var contest = new Contest("RBF field, backward", 1e-6 * FieldScene.PIXELS, "Mpx/s");
        contest.with("generated", generated::backward);
        contest.with("preparing", () -> FieldSums.gradient(scene.again(), derivative, sums));
        contest.with("Java", () -> FieldSums.gradient(scene, derivative, sums));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "field_back",
                                        NativeCode.copy(scene.records()),
                                        NativeCode.copy(scene.boxes()),
                                        (long) COUNT,
                                        NativeCode.copy(derivative),
                                        (long) FieldScene.SIDE,
                                        (long) FieldScene.SIDE,
                                        NativeCode.copy(sums))));
        contest.run();
    }

    /** What is compared for speed must be right: a few pixels by the formula in float64. */
    private static void check(FieldScene scene, float[] image) {
        for (int k = 0; k < 24; k++) {
            int x = 13 + 41 * k;
            int y = 995 - 37 * k;
            double exact = scene.exact(x, y, k % COLOURS);
            float found = image[k % COLOURS * FieldScene.PIXELS + y * FieldScene.SIDE + x];
            if (Math.abs(found - exact) > 1e-5) {
                throw new IllegalStateException(
                        "pixel %d, %d: %g instead of %g".formatted(x, y, found, exact));
            }
        }
    }
}
