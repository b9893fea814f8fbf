package org.kernfield.numerics.lapack;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A native library that is mapped until it is closed and the last call in it has returned,
 * whichever comes later: nothing runs in memory that is gone.
 */
@SuppressWarnings("restricted")
public final class NativeLibrary implements AutoCloseable {
    private final String name;
    private final Arena arena;
    private final SymbolLookup symbols;
    private int callers;
    private boolean isClosed;

    private NativeLibrary(String name, Arena arena, SymbolLookup symbols) {
        this.name = name;
        this.arena = arena;
        this.symbols = symbols;
    }

    /**
     * Maps a library.
     *
     * @throws IllegalArgumentException if it cannot be loaded, with the loader's words
     * @throws IllegalCallerException if native access is not allowed in this process
     */
    public static NativeLibrary open(Path file) {
        return open(
                file.toString(), arena -> SymbolLookup.libraryLookup(file.toAbsolutePath(), arena));
    }

    /** Maps the library that the system's loader finds by that name; see {@link #open(Path)}. */
    public static NativeLibrary named(String name) {
        return open(name, arena -> SymbolLookup.libraryLookup(name, arena));
    }

    private interface Opening {
        SymbolLookup in(Arena arena);
    }

    private static NativeLibrary open(String name, Opening opening) {
        Arena arena = Arena.ofShared();
        try {
            return new NativeLibrary(name, arena, opening.in(arena));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** File or name it was opened by. */
    public String name() {
        return name;
    }

    /** Whether it has such a function. */
    boolean has(String function) {
        return symbols.find(function).isPresent();
    }

    /**
     * A handle of a function.
     *
     * @throws IllegalArgumentException naming a function that it lacks
     */
    MethodHandle handle(String function, FunctionDescriptor type, Linker.Option... options) {
        MemorySegment address =
                symbols.find(function)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "%s: has no function %s; use a complete OpenBLAS with LAPACK"
                                                        .formatted(name, function)));
        return Linker.nativeLinker().downcallHandle(address, type, options);
    }

    /**
     * Does {@code work}, which calls functions of the library.
     *
     * @throws IllegalStateException if it has been closed
     */
    public <T> T calling(Supplier<T> work) {
        enter(false);
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /**
     * The same on another thread as a part of a call that is under way, though the library may have
     * been closed since that began.
     *
     * @throws IllegalStateException if it has been unmapped
     */
    void continuing(Runnable work) {
        enter(true);
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter(boolean isUnderWay) {
        if (isClosed && !(isUnderWay && callers > 0)) {
            throw new IllegalStateException(
                    name + ": used after it was closed; ask for linear algebra anew");
        }
        callers++;
    }

    private synchronized void leave() {
        callers--;
        unmapIfUnused();
    }

    private void unmapIfUnused() {
        if (isClosed && callers == 0) {
            arena.close();
        }
    }

    /** Refuses further calls and unmaps the library as soon as none is running. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            unmapIfUnused();
        }
    }

    /** Whether it has been closed and unmapped. */
    public synchronized boolean isUnmapped() {
        return isClosed && callers == 0;
    }
}
