/**
 * Everything that writes bytecode or keeps it. The compilers lay the loops out, {@code Emitter}
 * fills them with a plan's lines, with {@code Elementary} for exp and its kin, through {@code
 * VectorCode}, the only one that writes calls of the Vector API. {@code HiddenClass} defines the
 * result, {@code CompiledKernels} keeps it, {@code Warmup} gets it past the interpreter.
 */
package org.kernfield.cpu.internal.code;
