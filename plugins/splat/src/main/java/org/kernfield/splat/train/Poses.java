package org.kernfield.splat.train;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.field.Compute;
import org.kernfield.field.State;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Mat;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;
import org.kernfield.scene.View;

import java.util.Arrays;
import java.util.List;

/**
 * Small corrections of where photographs were taken from: R′ = C·R, t′ = C·t + v, C turning by 2
 * atan(|ω|/2) about ω (the quaternion (1, ω/2), Cayley's map), so that every six numbers are a
 * rigid motion and 0 is none.
 */
final class Poses implements PhotographCorrection {
    static final String NAME = "poses";

    private static final int POSE = 12;
    private static final Reduction APPLY = Reduction.map(kernel(Precision.F32));

    private final PhotographRows rows;
    private Buffer buffer; // null until it is used
    private Tape.Node node;

    Poses(int photographs) {
        rows = new PhotographRows(NAME, photographs, new float[6]);
    }

    /**
     * Map from the input {@code correction}, ω and v, and the uniform {@code pose} to {@code
     * corrected}.
     */
    static Kernel kernel(Precision precision) {
        var k = Kernel.build("pose").precision(precision);
        Vec correction = k.input("correction", 6);
        Vec pose = k.uniform("pose", POSE);
        Vec half = correction.slice(0, 3).times(0.5);
        Mat turn = Mat.rotation(Vec.of(Expr.of(1), half.x(), half.y(), half.z()).normalised());
        Mat rotation = turn.times(Mat.ofRows(pose.slice(0, 3), pose.slice(3, 6), pose.slice(6, 9)));
        Vec translation = turn.times(pose.slice(9, POSE)).plus(correction.slice(3, 6));
        var all = List.of(rotation.row(0), rotation.row(1), rotation.row(2), translation);
        return k.output("corrected", Vec.of(all.stream().flatMap(Vec::stream).toList())).done();
    }

    /** Records the pose of a photograph, 1 × 12. */
    Tape.Node pose(Tape tape, View view, int photograph, Compute compute) {
        if (buffer == null) {
            buffer = compute.allocate(ElementType.F32, 1, 6);
        }
        buffer.write(rows.row(photograph));
        node = tape.variable(buffer);
        var pose = Arrays.copyOf(view.rotation(), POSE);
        System.arraycopy(view.translation(), 0, pose, 9, 3);
        TapeArgs args = TapeArgs.rows(1).with("correction", node).with("pose", pose);
        return tape.reduce(APPLY, args).get("corrected");
    }

    /** The view of a photograph as corrected by now. */
    View corrected(View view, int photograph, Compute compute) {
        try (Tape tape = compute.tape()) {
            Array pose = compute.download(pose(tape, view, photograph, compute).buffer());
            var numbers = new double[POSE];
            Arrays.setAll(numbers, k -> pose.get(k));
            return new View(
                    view.picture(),
                    view.camera(),
                    Arrays.copyOf(numbers, 9),
                    Arrays.copyOfRange(numbers, 9, POSE));
        }
    }

    @Override
    public Tape.Node recorded() {
        return node;
    }

    @Override
    public void step(int photograph, float[] gradient, Rates rates) {
        double turn = rates.turn();
        double shift = rates.shift();
        rows.step(photograph, gradient, new double[] {turn, turn, turn, shift, shift, shift});
    }

    /** Mean angle by which cameras are turned, in degrees. */
    @Override
    public double size() {
        int n = rows.photographs();
        double sum = 0;
        for (int k = 0; k < n; k++) {
            float[] row = rows.row(k).toFloats();
            double length = Math.hypot(Math.hypot(row[0], row[1]), row[2]);
            sum += Math.toDegrees(2 * Math.atan(length / 2)) / n;
        }
        return sum;
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
