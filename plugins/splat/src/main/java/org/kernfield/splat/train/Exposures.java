package org.kernfield.splat.train;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

import java.util.Arrays;

/**
 * What cameras made of the light: of each photograph a matrix A, 3 × 3, and an offset b, so that
 * what is rendered is compared as A·c + b. Only what differs between photographs can be told from
 * the colours of the scene, so the mean of all is kept at the identity.
 *
 * <p>Source: the affine exposure that B. Kerbl and others, A hierarchical 3D Gaussian
 * representation (2024), section 5.1, train with each image.
 */
final class Exposures implements PhotographCorrection {
    static final String NAME = "exposures";

    /** A row by row, each row with its part of b behind it. */
    private static final float[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};

    private static final Reduction APPLY = Reduction.map(kernel(Precision.F32));

    private final PhotographRows rows;
    private Buffer buffer; // null until it is used
    private Tape.Node node;

    Exposures(int photographs) {
        rows = new PhotographRows(NAME, photographs, IDENTITY);
    }

    /** Map from {@code rendered} by the uniform {@code exposure} to {@code exposed}. */
    static Kernel kernel(Precision precision) {
        var k = Kernel.build("exposure").precision(precision);
        Vec rendered = k.input("rendered", 3);
        Vec exposure = k.uniform("exposure", IDENTITY.length);
        var exposed = new Expr[3];
        for (int r = 0; r < 3; r++) {
            exposed[r] = exposure.get(4 * r + 3);
            for (int c = 0; c < 3; c++) {
                exposed[r] = exposure.get(4 * r + c).fma(rendered.get(c), exposed[r]);
            }
        }
        return k.output("exposed", Vec.of(exposed)).done();
    }

    /** Records a picture as the camera of a photograph would have taken it. */
    Tape.Node exposed(Tape tape, Tape.Node rendered, int photograph, Compute compute) {
        if (buffer == null) {
            buffer = compute.allocate(ElementType.F32, 1, IDENTITY.length);
        }
        buffer.write(rows.row(photograph));
        node = tape.variable(buffer);
        TapeArgs args =
                TapeArgs.rows(rendered.buffer().rows())
                        .with("rendered", rendered)
                        .with("exposure", node);
        return tape.reduce(APPLY, args).get("exposed");
    }

    @Override
    public Tape.Node recorded() {
        return node;
    }

    @Override
    public void step(int photograph, float[] gradient, Rates rates) {
        var all = new double[IDENTITY.length];
        Arrays.fill(all, rates.exposure());
        rows.step(photograph, gradient, all);
        rows.centre(IDENTITY);
    }

    /** Standard deviation of what white becomes in the photographs. */
    @Override
    public double size() {
        int n = rows.photographs();
        double squares = 0;
        for (int k = 0; k < n; k++) {
            double white = 0;
            for (float number : rows.row(k).toFloats()) {
                white += number / 3.0;
            }
            squares += (white - 1) * (white - 1) / n;
        }
        return Math.sqrt(squares);
    }

    @Override
    public void save(State into) {
        rows.save(into);
    }

    @Override
    public void restore(State from) {
        rows.restore(from);
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
        }
    }
}
