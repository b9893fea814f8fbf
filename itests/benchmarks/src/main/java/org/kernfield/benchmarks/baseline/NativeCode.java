package org.kernfield.benchmarks.baseline;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The C files beside the Java, compiled by gcc when the measurement starts. */
final class NativeCode {
    /** Never -ffast-math: with it gcc deletes x − ((x + magic) − magic) and measures nothing. */
    private static final List<String> GCC =
            List.of("gcc", "-O3", "-march=native", "-std=gnu11", "-shared", "-fPIC");

    private final SymbolLookup symbols;

    private NativeCode(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /** Empty where gcc is missing or the processor has not the instructions; says so. */
    static Optional<NativeCode> compile(Path sources) {
        try {
            Path folder = Files.createTempDirectory("kernfield-baselines");
            Path library = folder.resolve("baselines.so");
            var command = new ArrayList<>(GCC);
            try (var files = Files.list(sources)) {
                files.filter(f -> f.toString().endsWith(".c"))
                        .sorted()
                        .forEach(f -> command.add(f.toString()));
            }
            command.addAll(List.of("-o", library.toString(), "-lm"));
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                System.err.println("gcc: exit " + status + "; the columns for C stay empty");
                return Optional.empty();
            }
            var lookup = SymbolLookup.libraryLookup(library, Arena.global());
            Files.delete(library);
            Files.delete(folder);
            return Optional.of(new NativeCode(lookup));
        } catch (IOException e) {
            System.err.println("gcc: " + e.getMessage() + "; the columns for C stay empty");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A function whose arguments are those given, bound to them: longs, doubles and segments. */
    Runnable bind(String name, Object... arguments) {
        var types = new MemoryLayout[arguments.length];
        for (int k = 0; k < types.length; k++) {
            types[k] =
                    switch (arguments[k]) {
                        case Long _ -> ValueLayout.JAVA_LONG;
                        case Double _ -> ValueLayout.JAVA_DOUBLE;
                        case MemorySegment _ -> ValueLayout.ADDRESS;
                        default -> throw new IllegalArgumentException(arguments[k].toString());
                    };
        }
        MethodHandle function =
                Linker.nativeLinker()
                        .downcallHandle(
                                symbols.find(name).orElseThrow(), FunctionDescriptor.ofVoid(types));
        return () -> {
            try {
                function.invokeWithArguments(arguments);
            } catch (Throwable e) {
                throw new IllegalStateException(name, e);
            }
        };
    }

    /** A copy outside the heap, on a border of 64 bytes, that lives as long as the process. */
    static MemorySegment copy(float... values) {
        var copy = Arena.global().allocate(4L * values.length, 64);
        MemorySegment.copy(values, 0, copy, ValueLayout.JAVA_FLOAT, 0, values.length);
        return copy;
    }

    static MemorySegment copy(int... values) {
        var copy = Arena.global().allocate(4L * values.length, 64);
        MemorySegment.copy(values, 0, copy, ValueLayout.JAVA_INT, 0, values.length);
        return copy;
    }

    static MemorySegment copy(double... values) {
        var copy = Arena.global().allocate(8L * values.length, 64);
        MemorySegment.copy(values, 0, copy, ValueLayout.JAVA_DOUBLE, 0, values.length);
        return copy;
    }
}
