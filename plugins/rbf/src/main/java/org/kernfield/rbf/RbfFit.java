package org.kernfield.rbf;

import org.kernfield.field.Compute;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Settings;
import org.kernfield.field.State;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fits a picture: every step draws all of it, goes down the gradient of the squared difference, and
 * now and then moves kernels to where the difference is.
 */
final class RbfFit implements Fit {
    /**
     * How often idle kernels are moved to where the difference is, and up to what part of the fit.
     */
    private static final int ROUNDS = 5;

    private static final double REFINED = 0.5;

    /** Steps between two figures. */
    private static final int MEASURED = 10;

    private final Image image;
    private final Blocks blocks;
    private final int kernels;
    private final long seed;
    private final boolean refines;
    private final double rate;
    private final double target;
    private Training training; // null until the first call on a backend
    private long step;
    private int round;
    private double psnr = Double.NaN;

    RbfFit(Image image, Settings settings) {
        this.image = image;
        this.blocks = new Blocks(image.width(), image.height());
        this.kernels = RbfSettings.kernels(settings, image);
        this.seed = settings.get(RbfSettings.SEED);
        this.refines = settings.get(RbfSettings.REFINE);
        this.rate = settings.get(RbfSettings.RATE);
        Double wanted = settings.get(RbfSettings.TARGET);
        this.target = wanted == null ? Double.POSITIVE_INFINITY : wanted;
    }

    @Override
    public void step(Compute compute) {
        prepare(compute);
        double progress = compute.progress();
        training.draw(compute);
        if (step % MEASURED == 0) {
            psnr = training.psnr(compute);
        }
        double expected = progress > 0 ? step / progress : 1000;
        training.descend(new Pace(progress, expected, rate), compute);
        step++;
        if (refines && round < ROUNDS && progress >= REFINED * (round + 1) / ROUNDS) {
            refine(compute);
        }
    }

    private void prepare(Compute compute) {
        if (training == null) {
            Training.announce(image, compute);
            Kernels start = Start.of(image, kernels, seed);
            training = Training.begin(image, start.permuted(start.spatialOrder(blocks)), compute);
        }
    }

    private void refine(Compute compute) {
        round++;
        Refinement refined =
                Refinement.of(
                        image,
                        blocks,
                        training.download(compute),
                        training.difference(compute),
                        kernels,
                        seed + round);
        training.replace(refined.kernels(), refined.origin(), compute);
    }

    @Override
    public boolean isDone() {
        return psnr >= target;
    }

    @Override
    public State state(Compute compute) {
        var values = new LinkedHashMap<String, String>();
        values.put("step", Long.toString(step));
        values.put("round", Integer.toString(round));
        values.put("psnr", Double.toString(psnr));
        var state = new State(Map.of(), values);
        if (training != null) {
            training.save(state, compute);
        }
        return state;
    }

    @Override
    public void restore(State state, Compute compute) {
        step = state.integer("step");
        round = (int) state.integer("round");
        psnr = Double.parseDouble(state.values().get("psnr"));
        training = state.arrays().isEmpty() ? null : Training.resume(image, state, compute);
    }

    @Override
    public Metrics metrics() {
        return Double.isNaN(psnr) ? Metrics.none() : Metrics.of("psnr", psnr);
    }

    @Override
    public Model finish(Compute compute) {
        prepare(compute);
        Kernels rounded = Packing.rounded(training.download(compute), blocks);
        // rounding may carry a centre over the border of its block, so it comes first
        Kernels sorted = rounded.permuted(rounded.spatialOrder(blocks));
        Kernels solved = ColourSolve.improved(sorted, image, compute);
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("width", Integer.toString(image.width()));
        metadata.put("height", Integer.toString(image.height()));
        metadata.put("channels", Integer.toString(image.channels()));
        return new Model(
                RbfRepresentation.NAME,
                RbfRepresentation.VERSION,
                "image",
                Packing.pack(solved, blocks),
                metadata);
    }
}
