package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;

import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A plugin that has kernels of its own computed, and hands records of its own to the backend. */
public final class Visitor implements Function<Backend, double[]> {
    private static final int ROWS = 40;

    /** Looked at by the loops of the backend. */
    record Never() implements CancelToken {
        @Override
        public boolean isCancelled() {
            return false;
        }
    }

    /** Run by its schedules. */
    record Here(int count) implements Workers {
        @Override
        public void forEach(int parts, IntConsumer part) {
            for (int k = 0; k < parts; k++) {
                part.accept(k);
            }
        }
    }

    /** Σ_j exp(−(x_i − p_j)²) and its derivatives by p, x_i = p_i = i/10; the session is closed. */
    @Override
    public double[] apply(Backend backend) {
        var resources = new Resources(new Here(2), Budget.unlimited(), new Never());
        try (Session session = backend.open(resources)) {
            return compute(session);
        }
    }

    private static double[] compute(Session session) {
        var k = Kernel.build("visited");
        var difference = k.input("x").minus(k.param("p"));
        Kernel kernel = k.output("y", difference.square().negate().exp()).done();
        var sum = Reduction.sum(kernel, Neighbourhood.ALL);
        var numbers = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            numbers[i] = i / 10f;
        }
        var x = session.allocate(ElementType.F32, ROWS, 1);
        x.write(Array.of(1, numbers));
        var y = session.allocate(ElementType.F32, ROWS, 1);
        Args args = Args.rows(ROWS).with("x", x).with("p", x);
        session.run(sum, args, Map.of("y", y));
        var slope = session.allocate(ElementType.F32, ROWS, 1);
        session.run(
                sum.vjp(java.util.Set.of("p")).getFirst(),
                args.with("d_y", y),
                Map.of("d_p", slope));
        Array results = Array.zeros(ElementType.F64, ROWS, 1);
        slope.read(results);
        var values = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            values[i] = results.get(i);
        }
        return values;
    }
}
