package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Kernel;

/** A map kernel with its code. */
public final class CompiledMap {
    public final Kernel kernel;
    public final UniformLayout uniforms;
    public final MapCompiler.Compiled code;

    CompiledMap(Kernel kernel, CompiledKernels kernels) {
        this.kernel = kernel;
        this.uniforms = new UniformLayout(kernel);
        this.code = kernels.rows(kernel.name(), kernel.program(), uniforms, kernel.precision());
    }
}
