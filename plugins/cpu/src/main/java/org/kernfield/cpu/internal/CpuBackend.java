package org.kernfield.cpu.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Calibrated;
import org.kernfield.backend.Limits;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.limits.Measurement;
import org.kernfield.cpu.internal.limits.SpeedCheck;
import org.kernfield.kernel.Op;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The processor's vector units, through bytecode generated for each kernel and schedule. Where java
 * was started without the Vector API the same bytecode takes lanes one by one, and the description
 * says how to turn it on.
 */
public class CpuBackend implements Backend, Calibrated, AutoCloseable {
    private static final String WITHOUT_VECTORS =
            "the Vector API is not in this process, which makes it some ten times slower; start"
                    + " java with --add-modules jdk.incubator.vector";

    private final CompiledKernels kernels = new CompiledKernels();
    private final AtomicInteger open = new AtomicInteger();
    private final SpeedCheck speed = new SpeedCheck(this, () -> open.get() > 0);

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String description() {
        if (!VectorWidth.HAS_VECTORS) {
            return "plain Java: " + WITHOUT_VECTORS;
        }
        return "Vector API, %d float32 lanes, %d cores"
                .formatted(VectorWidth.LANES, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public int ranking() {
        return VectorWidth.HAS_VECTORS ? 100 : -50;
    }

    @Override
    public Set<Op> operations() {
        return CompiledKernels.OPERATIONS;
    }

    @Override
    public Session open(Resources resources) {
        open.incrementAndGet();
        return new CpuSession(kernels, resources, open::decrementAndGet);
    }

    @Override
    public Limits limits(Workers workers) {
        requireVectors();
        return Measurement.of(workers);
    }

    @Override
    public List<String> shortfalls() {
        return VectorWidth.HAS_VECTORS
                ? speed.shortfalls()
                : List.of("vectors: " + WITHOUT_VECTORS);
    }

    private static void requireVectors() {
        if (!VectorWidth.HAS_VECTORS) {
            throw new IllegalStateException("backend cpu: " + WITHOUT_VECTORS);
        }
    }

    /** Looks in the background whether the machine is as fast as it should be. */
    void checkSpeed() {
        if (VectorWidth.HAS_VECTORS) {
            speed.start();
        }
    }

    /** Lets go of every compiled kernel. */
    @Override
    public void close() {
        speed.stop();
        kernels.clear();
    }
}
