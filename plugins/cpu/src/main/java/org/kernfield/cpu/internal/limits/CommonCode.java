package org.kernfield.cpu.internal.limits;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.SplittableRandom;

/** A sum of Gaussians in three dimensions, as fits need it, on one thread. */
final class CommonCode {
    /** Of a pair: three for the distance, five of the exponential, one for the weight. */
    static final int MULTIPLY_ADDS = 9;

    private static final int POINTS = 1_024;
    private static final long NANOS = 400_000_000;

    private CommonCode() {}

    /** Pairs a second of the best of some runs. */
    static double pairs(Backend backend) {
        var clock = ManagementFactory.getThreadMXBean();
        try (Session session =
                backend.open(new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE))) {
            var sum = Reduction.sum(gaussian(), Neighbourhood.ALL);
            var args =
                    Args.rows(POINTS)
                            .with("x", points(session, 1, 3))
                            .with("p", points(session, 2, 3))
                            .with(Kernel.WEIGHT, points(session, 3, 1));
            Map<String, Buffer> result =
                    Map.of("value", session.allocate(ElementType.F32, POINTS, 1));
            double best = 0;
            for (long spent = 0; spent < NANOS; ) {
                long start = clock.getCurrentThreadCpuTime();
                session.run(sum, args, result);
                long nanos = Math.max(1, clock.getCurrentThreadCpuTime() - start);
                spent += nanos;
                best = Math.max(best, 1e9 * POINTS * POINTS / nanos);
            }
            return best;
        }
    }

    private static Buffer points(Session session, long seed, int width) {
        var values = new SplittableRandom(seed).doubles((long) POINTS * width, -0.5, 0.5).toArray();
        Buffer buffer = session.allocate(ElementType.F32, POINTS, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    private static Kernel gaussian() {
        var k = Kernel.build("gaussian");
        var s = k.input("x", 3).minus(k.param("p", 3)).squaredNorm();
        k.output("value", s.radial(new RadialProfile.Gaussian()));
        return k.done().weighted(1);
    }
}
