package org.kernfield.nd4j.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Buffers outside the Java heap, and reductions over them by ND4J. */
final class Nd4jSession implements Session {
    private final Resources resources;
    private final LinearAlgebra algebra;
    private final List<HostBuffer> buffers = new ArrayList<>();

    /**
     * @param algebra for products of buffers
     */
    Nd4jSession(Resources resources, LinearAlgebra algebra) {
        this.resources = resources;
        this.algebra = algebra;
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        var buffer = new HostBuffer(type, rows, width, resources.budget());
        buffers.removeIf(HostBuffer::isClosed);
        buffers.add(buffer);
        return buffer;
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        ArgsCheck.check(reduction, args, outputs);
        resources.cancel().check();
        var arrays = new LinkedHashMap<String, Array>();
        args.buffers().forEach((slot, b) -> arrays.put(slot, HostBuffer.of(slot, b).array()));
        var written = new LinkedHashMap<String, Array>();
        outputs.forEach((name, b) -> written.put(name, HostBuffer.of(name, b).array()));
        new Run(reduction, args, arrays, written, resources).compute();
    }

    @Override
    public BufferOperations operations() {
        return new Nd4jOperations(algebra.with(resources), resources);
    }

    @Override
    public void close() {
        buffers.forEach(HostBuffer::close);
        buffers.clear();
    }
}
