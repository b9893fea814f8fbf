package org.kernfield.rbf;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Image;
import org.kernfield.field.State;
import org.kernfield.kernel.Kernel;
import org.kernfield.numerics.Adam;
import org.kernfield.numerics.AdamKernel;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that lives on a backend while kernels are trained; it dies when the fit moves. */
final class Training implements AutoCloseable {
    static final String CENTRE = "centre";
    static final String SHAPE = "shape";
    static final String COLOUR = Kernel.WEIGHT;
    static final Set<String> NAMES = Set.of(CENTRE, SHAPE, COLOUR);

    private final Image image;
    private final PictureLoss loss;
    private final Reduction render;
    private final Reduction gradient;
    private final Buffer rendered;
    private final Buffer difference;
    private final Adam adam = new Adam(0.8, 0.99, 1e-12);
    private final Rates rates;
    private Buffer centreGradient;
    private Buffer shapeGradient;
    private Buffer colourGradient;

    private Training(Image image, Compute compute) {
        this.image = image;
        loss = new PictureLoss(image, compute);
        render = Reduction.sum(Gaussian.withColours(image.channels()), Neighbourhood.TILES);
        gradient = render.vjp(NAMES).getFirst();
        rendered = compute.allocate(ElementType.F32, image.pixels(), image.channels());
        difference = compute.allocate(ElementType.F32, image.pixels(), image.channels());
        rates = new Rates(image);
    }

    /** Begins with fresh moments. */
    static Training begin(Image image, Kernels kernels, Compute compute) {
        var training = new Training(image, compute);
        training.adam.put(CENTRE, kernels.centreArray(), compute);
        training.adam.put(SHAPE, kernels.shapeArray(), compute);
        training.adam.put(COLOUR, kernels.colourArray(), compute);
        training.allocateGradients(compute);
        return training;
    }

    /** Goes on from what {@link #save} put into a state. */
    static Training resume(Image image, State state, Compute compute) {
        var training = new Training(image, compute);
        training.adam.restore(state, NAMES, compute);
        training.allocateGradients(compute);
        return training;
    }

    /** Lets the backend begin to compile what a fit will need. */
    static void announce(Image image, Compute compute) {
        Reduction render =
                Reduction.sum(Gaussian.withColours(image.channels()), Neighbourhood.TILES);
        compute.prepare(
                List.of(
                        render.vjp(NAMES).getFirst(),
                        render,
                        Reduction.map(AdamKernel.of(2, true)),
                        Reduction.map(AdamKernel.of(3, true)),
                        Reduction.map(AdamKernel.of(image.channels(), false)),
                        PictureLoss.differences(image.channels()),
                        PictureLoss.squares(image.channels())),
                new Queries.Raster("x", image.width(), image.height()));
    }

    /** Draws the picture and notes its difference from the target. */
    void draw(Compute compute) {
        compute.run(render, pixels(), Map.of("value", rendered));
        loss.difference(rendered, difference, compute);
    }

    /** PSNR of what was drawn last, in decibels. */
    double psnr(Compute compute) {
        return loss.psnr(difference, compute);
    }

    /** The difference of what was drawn last from the target: height × width × channels. */
    float[] difference(Compute compute) {
        return compute.download(difference).toFloats();
    }

    /** Moves every kernel against the gradient at what was drawn last. */
    void descend(Pace pace, Compute compute) {
        compute.run(
                gradient,
                pixels().with("d_value", difference),
                Map.of(
                        "d_" + CENTRE, centreGradient,
                        "d_" + SHAPE, shapeGradient,
                        "d_" + COLOUR, colourGradient));
        adam.step(
                CENTRE,
                centreGradient,
                rates.centre(pace, kernels()),
                rates.lowestCentre(),
                rates.highestCentre(),
                compute);
        adam.step(
                SHAPE,
                shapeGradient,
                rates.shape(pace),
                rates.lowestShape(kernels()),
                rates.highestShape(),
                compute);
        adam.step(COLOUR, colourGradient, rates.colour(pace), compute);
    }

    int kernels() {
        return (int) adam.parameter(CENTRE).rows();
    }

    /** The kernels as they are, in host memory. */
    Kernels download(Compute compute) {
        return new Kernels(
                compute.download(adam.parameter(CENTRE)).toFloats(),
                compute.download(adam.parameter(SHAPE)).toFloats(),
                compute.download(adam.parameter(COLOUR)).toFloats(),
                image.channels());
    }

    void save(State into, Compute compute) {
        adam.save(into, compute);
    }

    /**
     * Replaces the kernels, those kept with their moments.
     *
     * @param origin for each new kernel the old one it continues, or −1
     */
    void replace(Kernels kernels, int[] origin, Compute compute) {
        replace(CENTRE, kernels.centreArray(), origin, compute);
        replace(SHAPE, kernels.shapeArray(), origin, compute);
        replace(COLOUR, kernels.colourArray(), origin, compute);
        closeGradients();
        allocateGradients(compute);
    }

    private void replace(String name, Array values, int[] origin, Compute compute) {
        int width = values.width();
        float[] first = compute.download(adam.firstMoment(name)).toFloats();
        float[] second = compute.download(adam.secondMoment(name)).toFloats();
        adam.put(
                name,
                values,
                Array.of(width, Kernels.rows(first, width, origin)),
                Array.of(width, Moments.continued(second, width, origin)),
                adam.steps(name),
                compute);
    }

    private Args pixels() {
        return Args.raster("x", image.width(), image.height())
                .with(CENTRE, adam.parameter(CENTRE))
                .with(SHAPE, adam.parameter(SHAPE))
                .with(COLOUR, adam.parameter(COLOUR));
    }

    private void allocateGradients(Compute compute) {
        centreGradient = compute.allocate(ElementType.F32, kernels(), 2);
        shapeGradient = compute.allocate(ElementType.F32, kernels(), 3);
        colourGradient = compute.allocate(ElementType.F32, kernels(), image.channels());
    }

    private void closeGradients() {
        centreGradient.close();
        shapeGradient.close();
        colourGradient.close();
    }

    @Override
    public void close() {
        closeGradients();
        adam.close();
        rendered.close();
        difference.close();
        loss.close();
    }
}
