package org.kernfield.benchmarks.baseline;

import java.util.Optional;

/** Splats laid over each other in 1280 × 720 pixels, forward, on one thread. */
final class Composites {
    private static final int PIXELS = SplatScene.WIDTH * SplatScene.HEIGHT;

    /** Batches between two looks at which pixels are done. */
    private static final int LOOK = 4;

    private final Optional<NativeCode> c;

    Composites(Optional<NativeCode> c) {
        this.c = c;
    }

    void run() {
        run("100,000", SplatScene.random(100_000, 3.8));
        run("1,000,000", SplatScene.random(1_000_000, 1.7));
    }

    private void run(String number, SplatScene scene) {
        var java = new float[4 * PIXELS];
        var tile = new Tile();
        composite(tile, scene, java);
        check(scene, java);
        var contest = new Contest("composite " + number + " splats", 1, "frames/s");
        contest.with("Java", () -> composite(tile, scene, java));
        c.ifPresent(
                code ->
                        contest.with(
                                "C",
                                code.bind(
                                        "composite",
                                        NativeCode.copy(scene.splats()),
                                        NativeCode.copy(scene.list()),
                                        NativeCode.copy(scene.start()),
                                        (long) SplatScene.WIDTH,
                                        (long) SplatScene.HEIGHT,
                                        NativeCode.copy(new float[4 * PIXELS]))));
        contest.run();
    }

    private static void composite(Tile tile, SplatScene scene, float[] image) {
        int t = 0;
        for (int y = 0; y < SplatScene.HEIGHT; y += Tile.HEIGHT) {
            for (int x = 0; x < SplatScene.WIDTH; x += Tile.WIDTH) {
                int end = scene.start()[t + 1];
                tile.begin(x, y);
                int batch = 0;
                for (int l = scene.start()[t]; l < end; l += Tile.BATCH) {
                    tile.add(scene.splats(), scene.list(), l, Math.min(l + Tile.BATCH, end));
                    if (++batch % LOOK == 0 && tile.look()) {
                        break;
                    }
                }
                tile.end(image, SplatScene.WIDTH, SplatScene.HEIGHT);
                t++;
            }
        }
    }

    /** The formula in float64 at some pixels; a threshold may flip at few of them. */
    private static void check(SplatScene scene, float[] image) {
        int flipped = 0;
        int checked = 0;
        for (int y = 5; y < SplatScene.HEIGHT; y += 101) {
            for (int x = 3; x < SplatScene.WIDTH; x += 97) {
                double[] exact = pixel(scene.splats(), x + 0.5, y + 0.5);
                checked++;
                boolean differs = false;
                for (int k = 0; k < exact.length; k++) {
                    double error =
                            Math.abs(image[k * PIXELS + y * SplatScene.WIDTH + x] - exact[k]);
                    differs |= error > 1e-5;
                    if (error > 2 / 255.0) {
                        throw new IllegalStateException(
                                "pixel %d, %d: %g off".formatted(x, y, error));
                    }
                }
                flipped += differs ? 1 : 0;
            }
        }
        if (flipped * 50 > checked) {
            throw new IllegalStateException(flipped + " of " + checked + " pixels differ");
        }
    }

    private static double[] pixel(float[] splats, double x, double y) {
        double[] sum = {1, 0, 0, 0};
        for (int g = 0; g < splats.length; g += Tile.RECORD) {
            double dx = x - splats[g];
            double dy = y - splats[g + 8];
            double e =
                    splats[g + 1] * dx * dx
                            + splats[g + 5] * dx * dy
                            + splats[g + 7] * dy * dy
                            + splats[g + 6];
            double a = Math.min(Math.pow(2, e), 0.99);
            if (a < 1 / 255.0) {
                continue;
            }
            if (sum[0] * (1 - a) < 1e-4) {
                break;
            }
            for (int k = 0; k < 3; k++) {
                sum[k + 1] += sum[0] * a * splats[g + 2 + k];
            }
            sum[0] *= 1 - a;
        }
        return sum;
    }
}
