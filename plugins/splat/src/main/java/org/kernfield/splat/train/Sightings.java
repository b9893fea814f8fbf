package org.kernfield.splat.train;

import org.kernfield.field.Report;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SamplingFilter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** What is to be said about how many of the pictures see the splats. */
final class Sightings {
    /** Pictures from which the place of a splat follows well. */
    private static final int FEW = 3;

    /** Share of the splats from which on something is said. */
    private static final double MANY = 0.5;

    /** Splats that are looked at, evenly among all. */
    private static final int SAMPLES = 4096;

    private Sightings() {}

    /**
     * @param means n × 3
     * @param views of the pictures that were learned from
     */
    static Report of(float[] means, List<View> views) {
        int[] seen = SamplingFilter.sightings(sample(means), views, RenderOptions.NEAR);
        double unseen = share(seen, 1);
        double seldom = share(seen, FEW);
        var figures = new LinkedHashMap<String, Double>();
        figures.put("unseenShare", unseen);
        figures.put("seldomSeenShare", seldom);
        return new Report(lines(views.size(), unseen, seldom), figures);
    }

    private static List<String> lines(int pictures, double unseen, double seldom) {
        var lines = new ArrayList<String>();
        if (unseen == 1) {
            lines.add(
                    "no splat is seen by any of the %,d cameras; check their poses, and where the points lie"
                            .formatted(pictures));
        } else if (unseen > MANY) {
            lines.add(
                    "%.0f %% of the splats are seen by no camera; check the poses, and where the points lie"
                            .formatted(100 * unseen));
        } else if (seldom > MANY) {
            lines.add(
                    "%.0f %% of the splats are seen by fewer than %d of the %,d pictures: how far away they are is hardly known; add pictures from other places"
                            .formatted(100 * seldom, FEW, pictures));
        }
        return lines;
    }

    private static float[] sample(float[] means) {
        int count = means.length / 3;
        int taken = Math.min(count, SAMPLES);
        var sample = new float[3 * taken];
        for (int k = 0; k < taken; k++) {
            int from = Math.toIntExact((long) k * count / taken);
            System.arraycopy(means, 3 * from, sample, 3 * k, 3);
        }
        return sample;
    }

    /** Of the splats that fewer pictures see; 1 where there are no splats. */
    private static double share(int[] seen, int pictures) {
        return seen.length == 0
                ? 1
                : (double) Arrays.stream(seen).filter(s -> s < pictures).count() / seen.length;
    }
}
