package org.kernfield.benchmarks.baseline;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random splats, every one of them visible, sorted by depth and listed for each tile. Opacities
 * from 0.05 to 0.95, deviations log-normal, 0.4 about the median.
 *
 * @param splats rows of {@link Tile#RECORD}, see composite.c
 * @param list numbers of splats, tile by tile
 * @param start where each tile's begin
 */
record SplatScene(float[] splats, int[] list, int[] start) {
    static final int WIDTH = 1_280;
    static final int HEIGHT = 720;
    private static final int ACROSS = WIDTH / Tile.WIDTH;
    private static final int DOWN = HEIGHT / Tile.HEIGHT;
    private static final double LOG2_E = 1 / Math.log(2);

    static SplatScene random(int n, double deviation) {
        var random = new Random(1);
        var splats = new float[n * Tile.RECORD];
        var boxes = new int[n][];
        for (int j = 0; j < n; j++) {
            double across = Math.pow(deviation * Math.exp(0.4 * random.nextGaussian()), 2);
            double along = Math.pow(deviation * Math.exp(0.4 * random.nextGaussian()), 2);
            double angle = Math.PI * random.nextDouble();
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            // covariance [[xx, xy], [xy, yy]]
            double xx = c * c * across + s * s * along;
            double yy = s * s * across + c * c * along;
            double xy = c * s * (across - along);
            double det = across * along;
            double x = WIDTH * random.nextDouble();
            double y = HEIGHT * random.nextDouble();
            double opacity = 0.05 + 0.9 * random.nextDouble();
            // the quadratic form where the opacity falls to 1/255
            double reach = 2 * Math.log(255 * opacity);
            double rx = Math.sqrt(reach * xx);
            double ry = Math.sqrt(reach * yy);
            double[] record = {
                x,
                -0.5 * LOG2_E * yy / det,
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                LOG2_E * xy / det,
                LOG2_E * Math.log(opacity),
                -0.5 * LOG2_E * xx / det,
                y,
                reach * det / yy,
                det / (yy * yy),
                -xy / yy,
                y - ry,
                y + ry
            };
            for (int k = 0; k < record.length; k++) {
                splats[j * Tile.RECORD + k] = (float) record[k];
            }
            boxes[j] =
                    new int[] {
                        tile(x - rx, Tile.WIDTH, ACROSS),
                        tile(x + rx, Tile.WIDTH, ACROSS),
                        tile(y - ry, Tile.HEIGHT, DOWN),
                        tile(y + ry, Tile.HEIGHT, DOWN)
                    };
        }
        return listed(splats, boxes);
    }

    private static int tile(double at, int size, int count) {
        return Math.clamp((long) Math.floor(at / size), 0, count - 1);
    }

    private static SplatScene listed(float[] splats, int[][] boxes) {
        var start = new int[ACROSS * DOWN + 1];
        for (int[] box : boxes) {
            tiles(box).forEach(t -> start[t + 1]++);
        }
        for (int t = 0; t < start.length - 1; t++) {
            start[t + 1] += start[t];
        }
        int[] next = start.clone();
        var list = new int[start[start.length - 1]];
        for (int j = 0; j < boxes.length; j++) {
            int splat = j;
            tiles(boxes[j]).forEach(t -> list[next[t]++] = splat);
        }
        return new SplatScene(splats, list, start);
    }

    private static IntStream tiles(int[] box) {
        return IntStream.rangeClosed(box[2], box[3])
                .flatMap(y -> IntStream.rangeClosed(box[0], box[1]).map(x -> y * ACROSS + x));
    }
}
