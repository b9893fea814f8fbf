package org.kernfield.cpu.internal;

import org.kernfield.kernel.Kernel;

/** A map kernel with its code. */
final class CompiledMap {
    final Kernel kernel;
    final UniformLayout uniforms;
    final MapCompiler.Compiled code;

    CompiledMap(Kernel kernel, CompiledKernels kernels) {
        this.kernel = kernel;
        this.uniforms = new UniformLayout(kernel);
        this.code = kernels.program(kernel.name(), kernel.program(), uniforms);
    }
}
