package org.kernfield.benchmarks;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Vec;

import java.util.Map;
import java.util.Set;

/** A square picture as a sum of Gaussians, and its gradient, by the cpu backend on one thread. */
public final class GeneratedField implements AutoCloseable {
    private static final double CUT = 3;

    private final Cpu cpu = new Cpu(1);
    private final Reduction sum;
    private final Reduction gradient;
    private final Args args;
    private final Map<String, Buffer> picture;
    private final Map<String, Buffer> gradients;

    /**
     * @param side of the picture, pixels
     * @param centres n × 2, pixels
     * @param shapes n × 3: see {@link #gaussian}
     * @param colours n × channels
     * @param derivative by the picture, channels × side²
     */
    public GeneratedField(
            int side, float[] centres, float[] shapes, float[] colours, float[] derivative) {
        int count = centres.length / 2;
        int channels = colours.length / count;
        sum = Reduction.sum(gaussian().weighted(channels), Neighbourhood.TILES);
        gradient = sum.vjp(Set.of("centre", "shape", Kernel.WEIGHT)).getFirst();
        picture = Map.of("value", cpu.zeros((long) side * side, channels));
        gradients =
                Map.of(
                        "d_centre",
                        cpu.zeros(count, 2),
                        "d_shape",
                        cpu.zeros(count, 3),
                        "d_" + Kernel.WEIGHT,
                        cpu.zeros(count, channels));
        args =
                Args.raster("x", side, side)
                        .with("centre", cpu.upload(2, centres))
                        .with("shape", cpu.upload(3, shapes))
                        .with(Kernel.WEIGHT, cpu.upload(channels, colours))
                        .with("d_value", cpu.upload(channels, derivative));
    }

    public void forward() {
        cpu.session.run(sum, args, picture);
    }

    public void backward() {
        cpu.session.run(gradient, args, gradients);
    }

    /** exp(−s/2) for s = |Lᵀ(x − c)|² ≤ 9, Lᵀ = [[eᵃ, b·eᵃ], [0, eᶜ]], otherwise 0. */
    static Kernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec x = k.input("x", 2);
        Vec centre = k.param("centre", 2);
        Vec shape = k.param("shape", 3);
        Expr across = shape.get(0).exp();
        Expr down = shape.get(2).exp();
        Vec d = x.minus(centre);
        Expr u = d.x().plus(shape.get(1).times(d.y())).times(across);
        Expr s = u.square().plus(down.times(d.y()).square());
        Expr value = s.radial(new RadialProfile.Gaussian());
        k.output("value", s.atMost(Expr.of(CUT * CUT)).select(value, 0));
        Expr slope = shape.get(1).dividedBy(down);
        Expr narrow = Expr.of(1).dividedBy(across);
        Vec half =
                Vec.of(
                        narrow.square().plus(slope.square()).sqrt().times(CUT),
                        Expr.of(CUT).dividedBy(down));
        k.support("x", centre.minus(half), centre.plus(half));
        return k.done();
    }

    @Override
    public void close() {
        cpu.close();
    }
}
