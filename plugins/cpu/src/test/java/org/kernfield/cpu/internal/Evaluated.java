package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.Map;
import java.util.function.UnaryOperator;

/** A function of one number, computed by the cpu backend. */
final class Evaluated {
    private Evaluated() {}

    /** f of each element of {@code x}, whose type is the precision's. */
    static Array of(UnaryOperator<Expr> f, Precision precision, Array x) {
        var k = Kernel.build("f");
        Kernel kernel = k.output("y", f.apply(k.input("x"))).done().in(precision);
        var resources = new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE);
        try (Session session = new CpuBackend().open(resources)) {
            Buffer in = session.allocate(x.type(), x.rows(), 1);
            Buffer out = session.allocate(x.type(), x.rows(), 1);
            in.write(x);
            session.run(Reduction.map(kernel), Args.rows(x.rows()).with("x", in), Map.of("y", out));
            Array y = Array.zeros(x.type(), x.rows(), 1);
            out.read(y);
            return y;
        }
    }
}
