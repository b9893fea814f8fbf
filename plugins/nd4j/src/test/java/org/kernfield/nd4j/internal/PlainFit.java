package org.kernfield.nd4j.internal;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

import java.util.SplittableRandom;

/**
 * A picture as a sum of anisotropic Gaussians, trained as one writes it with ND4J alone: every
 * pixel with every Gaussian, array by array in blocks of pixels, the derivatives by hand, ND4J's
 * Adam. The formula is the representation rbf's, f(x) = Σ_j w_j·exp(−s_j/2) with s = (eᵃ(dx +
 * b·dy))² + (eᶜ·dy)² where that is at most 9.
 */
final class PlainFit {
    private static final int BLOCK = 1024;
    private static final int CX = 0;
    private static final int CY = 1;
    private static final int A = 2;
    private static final int B = 3;
    private static final int C = 4;
    private static final int SHAPES = 5;

    private final INDArray x;
    private final INDArray y;
    private final INDArray target;

    /** 5 × K: centres, then a, b, c. */
    private final INDArray shapes;

    /** K × 3. */
    private final INDArray colours;

    private final AdamUpdater ofShapes;
    private final AdamUpdater ofColours;
    private int steps;

    /** Σ of the squared differences before the last step. */
    double loss;

    /**
     * @param values side × side × 3
     * @param kernels K, about a grid's
     */
    PlainFit(int side, float[] values, int kernels) {
        int pixels = side * side;
        var columns = new float[pixels];
        var rows = new float[pixels];
        for (int k = 0; k < pixels; k++) {
            columns[k] = k % side + 0.5f;
            rows[k] = (float) (k / side) + 0.5f;
        }
        x = Nd4j.create(columns, new long[] {pixels, 1}, 'c');
        y = Nd4j.create(rows, new long[] {pixels, 1}, 'c');
        target = Nd4j.create(values, new long[] {pixels, 3}, 'c');
        var random = new SplittableRandom(1);
        var start = new float[SHAPES * kernels];
        double spacing = Math.sqrt((double) pixels / kernels);
        for (int k = 0; k < kernels; k++) {
            start[CX * kernels + k] = (float) random.nextDouble(side);
            start[CY * kernels + k] = (float) random.nextDouble(side);
            start[A * kernels + k] = (float) -Math.log(spacing);
            start[C * kernels + k] = (float) -Math.log(spacing);
        }
        shapes = Nd4j.create(start, new long[] {SHAPES, kernels}, 'c');
        colours = Nd4j.zeros(DataType.FLOAT, kernels, 3);
        ofShapes = adam(shapes);
        ofColours = adam(colours);
    }

    private static AdamUpdater adam(INDArray parameters) {
        var updater = new AdamUpdater(new Adam(0.01));
        INDArray state = Nd4j.zeros(DataType.FLOAT, 1, 2 * parameters.length());
        updater.setStateViewArray(state, parameters.shape(), 'c', true);
        return updater;
    }

    /** Draws, differentiates and takes one step of Adam. */
    void step() {
        INDArray shapeGradient = Nd4j.zeros(DataType.FLOAT, shapes.shape());
        INDArray colourGradient = Nd4j.zeros(DataType.FLOAT, colours.shape());
        INDArray across = Transforms.exp(shapes.getRow(A));
        INDArray down = Transforms.exp(shapes.getRow(C));
        loss = 0;
        for (long from = 0; from < x.rows(); from += BLOCK) {
            var part = NDArrayIndex.interval(from, Math.min(from + BLOCK, x.rows()));
            block(part, across, down, shapeGradient, colourGradient);
        }
        ofShapes.applyUpdater(shapeGradient, steps, 0);
        ofColours.applyUpdater(colourGradient, steps, 0);
        shapes.subi(shapeGradient);
        colours.subi(colourGradient);
        steps++;
    }

    private void block(
            org.nd4j.linalg.indexing.INDArrayIndex part,
            INDArray across,
            INDArray down,
            INDArray shapeGradient,
            INDArray colourGradient) {
        INDArray dx = difference(x, part, CX);
        INDArray dy = difference(y, part, CY);
        INDArray u = dy.mulRowVector(shapes.getRow(B)).addi(dx).muliRowVector(across);
        INDArray v = dy.mulRowVector(down);
        INDArray s = u.mul(u).addi(v.mul(v));
        INDArray inside = s.lte(9).castTo(DataType.FLOAT);
        INDArray e = Transforms.exp(s.muli(-0.5), false).muli(inside);
        INDArray r = e.mmul(colours).subi(target.get(part, NDArrayIndex.all()));
        loss += r.mul(r).sumNumber().doubleValue();
        r.muli(2);
        colourGradient.addi(e.transpose().mmul(r));
        // ∂s = −½·e·(r·wᵀ), and ∂u = 2u·∂s, ∂v = 2v·∂s
        INDArray minus = r.mmul(colours.transpose()).muli(e).negi();
        INDArray du = u.mul(minus);
        INDArray dv = v.mul(minus);
        add(shapeGradient, A, du.mul(u));
        add(shapeGradient, C, dv.mul(v));
        INDArray along = du.muliRowVector(across);
        add(shapeGradient, B, along.mul(dy));
        add(shapeGradient, CX, along.neg());
        INDArray dyOf = along.muliRowVector(shapes.getRow(B)).addi(dv.muliRowVector(down));
        add(shapeGradient, CY, dyOf.negi());
    }

    /** Pixels less centres, pixels × K. */
    private INDArray difference(
            INDArray of, org.nd4j.linalg.indexing.INDArrayIndex part, int centre) {
        INDArray some = of.get(part, NDArrayIndex.all());
        INDArray all = Nd4j.zeros(DataType.FLOAT, some.rows(), shapes.columns());
        return all.addiColumnVector(some).subiRowVector(shapes.getRow(centre));
    }

    private static void add(INDArray gradient, int row, INDArray ofPairs) {
        gradient.getRow(row).addi(ofPairs.sum(0));
    }
}
