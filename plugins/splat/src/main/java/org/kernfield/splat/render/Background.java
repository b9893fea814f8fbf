package org.kernfield.splat.render;

import org.kernfield.backend.Compositing;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

import java.util.EnumMap;
import java.util.Map;

/** Lays a picture over a colour: y + T·b. */
final class Background {
    private static final String COLOUR = "background";
    private static final String IMAGE = "image";
    private static final Map<Precision, Reduction> OVER = new EnumMap<>(Precision.class);

    static {
        for (Precision precision : Precision.values()) {
            OVER.put(precision, Reduction.map(kernel(precision)));
        }
    }

    private Background() {}

    private static Kernel kernel(Precision precision) {
        var k = Kernel.build("over background").precision(precision);
        Vec painted = k.input(SplatKernels.PAINTED, 3);
        Expr transmittance = k.input(Compositing.TRANSMITTANCE);
        k.output(IMAGE, painted.plus(k.uniform(COLOUR, 3).times(transmittance)));
        return k.done();
    }

    /** Over black nothing is computed. */
    static Tape.Node over(Tape tape, Tape.Node painted, Tape.Node transmittance, double[] colour) {
        if (colour[0] == 0 && colour[1] == 0 && colour[2] == 0) {
            return painted;
        }
        var precision = Precision.valueOf(painted.buffer().type().name());
        return tape.reduce(
                        OVER.get(precision),
                        TapeArgs.rows(painted.buffer().rows())
                                .with(SplatKernels.PAINTED, painted)
                                .with(Compositing.TRANSMITTANCE, transmittance)
                                .with(COLOUR, colour))
                .get(IMAGE);
    }
}
