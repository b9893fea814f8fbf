package org.kernfield.cpu.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Op;

import java.util.EnumSet;
import java.util.Set;

/** The processor's vector units, through bytecode generated for each kernel and schedule. */
public class CpuBackend implements Backend {
    private final CompiledKernels kernels = new CompiledKernels();

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String description() {
        return "Vector API, %d float32 lanes, %d cores"
                .formatted(VectorWidth.LANES, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public int ranking() {
        return 100;
    }

    @Override
    public Set<Op> operations() {
        return EnumSet.allOf(Op.class);
    }

    @Override
    public Session open(Resources resources) {
        return new CpuSession(kernels, resources);
    }

    /** Lets go of every compiled kernel. */
    public void close() {
        kernels.clear();
    }
}
