package org.kernfield.cpu.internal.code;

import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Program;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everything compiled so far, by content; it lives and dies with the backend. */
public final class CompiledKernels {
    private record MapKey(Program program, UniformLayout uniforms) {}

    private final Map<MapKey, MapCompiler.Compiled> programs = new ConcurrentHashMap<>();
    private final Map<String, CompiledMap> maps = new ConcurrentHashMap<>();
    private final Map<String, CompiledPairs> pairs = new ConcurrentHashMap<>();

    public CompiledMap map(Kernel kernel) {
        return maps.computeIfAbsent(kernel.fingerprint(), key -> new CompiledMap(kernel, this));
    }

    public CompiledPairs pairs(Reduction reduction) {
        return pairs.computeIfAbsent(reduction.key(), key -> new CompiledPairs(reduction, this));
    }

    /** The code of a map; a formula and its derivatives share what they have in common. */
    MapCompiler.Compiled program(String name, Program program, UniformLayout uniforms) {
        return programs.computeIfAbsent(
                new MapKey(program, uniforms), key -> MapCompiler.compile(name, program, uniforms));
    }

    /** Forgets everything, so that the classes can be collected. */
    public void clear() {
        programs.clear();
        maps.clear();
        pairs.clear();
    }
}
