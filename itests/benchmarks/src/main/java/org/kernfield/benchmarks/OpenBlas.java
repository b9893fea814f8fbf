package org.kernfield.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** The library of that name, called in this process on the same arrays. */
@SuppressWarnings("restricted")
final class OpenBlas {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;

    private final Arena arena = Arena.global();
    private final SymbolLookup library =
            SymbolLookup.libraryLookup("libopenblas.so.0", Arena.global());
    private final MethodHandle dgemm = gemm("cblas_dgemm", ValueLayout.JAVA_DOUBLE);
    private final MethodHandle sgemm = gemm("cblas_sgemm", ValueLayout.JAVA_FLOAT);
    private final MethodHandle dpotrf = potrf("dpotrf_");
    private final MethodHandle spotrf = potrf("spotrf_");
    private final MemorySegment lower = arena.allocateFrom("L");
    private final MemorySegment info = arena.allocate(ValueLayout.JAVA_INT);

    private MethodHandle gemm(String name, MemoryLayout factor) {
        var layouts = new ArrayList<MemoryLayout>();
        for (int k = 0; k < 6; k++) {
            layouts.add(ValueLayout.JAVA_INT);
        }
        layouts.addAll(List.of(factor, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        layouts.addAll(List.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, factor));
        layouts.addAll(List.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        return handle(name, FunctionDescriptor.ofVoid(layouts.toArray(MemoryLayout[]::new)));
    }

    private MethodHandle potrf(String name) {
        return handle(
                name,
                FunctionDescriptor.ofVoid(
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS));
    }

    private MethodHandle handle(String name, FunctionDescriptor shape) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name).orElseThrow(), shape, Linker.Option.critical(true));
    }

    /** Version, threads and the processor it has recognised. */
    String version() throws Throwable {
        var text = FunctionDescriptor.of(ValueLayout.ADDRESS);
        var version = (MemorySegment) handle("openblas_get_config", text).invokeExact();
        var core = (MemorySegment) handle("openblas_get_corename", text).invokeExact();
        return version.reinterpret(1000).getString(0)
                + ", kernels of "
                + core.reinterpret(100).getString(0);
    }

    void threads(int count) throws Throwable {
        handle("openblas_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                .invokeExact(count);
    }

    /** C ← A·B, all n × n. */
    void gemm(int n, MemorySegment a, MemorySegment b, MemorySegment c, boolean wide)
            throws Throwable {
        if (wide) {
            dgemm.invokeExact(ROW_MAJOR, AS_IT_IS, AS_IT_IS, n, n, n, 1.0, a, n, b, n, 0.0, c, n);
        } else {
            sgemm.invokeExact(ROW_MAJOR, AS_IT_IS, AS_IT_IS, n, n, n, 1f, a, n, b, n, 0f, c, n);
        }
    }

    /** The factor of a symmetric matrix, by columns. */
    void potrf(int n, MemorySegment a, boolean wide) throws Throwable {
        MemorySegment order = arena.allocateFrom(ValueLayout.JAVA_INT, n);
        (wide ? dpotrf : spotrf).invokeExact(lower, order, a, order, info);
        if (info.get(ValueLayout.JAVA_INT, 0) != 0) {
            throw new IllegalStateException("OpenBLAS's potrf gives up");
        }
    }
}
