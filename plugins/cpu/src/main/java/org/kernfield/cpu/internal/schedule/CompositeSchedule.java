package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Compositing;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.CompiledBlend;
import org.kernfield.cpu.internal.memory.Planes;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lays sources over each other, tile by tile. */
public final class CompositeSchedule {
    private final Execution execution;
    private final CompiledBlend blend;
    private final Args args;
    private final Planes channels;
    private final Planes transmittance;
    private final Object uniforms;

    public CompositeSchedule(
            Execution execution,
            CompiledBlend blend,
            Reduction reduction,
            Args args,
            Map<String, Buffer> outputs) {
        this.execution = execution;
        this.blend = blend;
        this.args = args;
        this.channels = Planes.of(reduction.channels(), outputs);
        this.transmittance = Planes.of(outputs.get(Compositing.TRANSMITTANCE));
        this.uniforms = blend.uniforms.pack(blend.kernel.precision(), args);
    }

    public void run() {
        var raster = (Queries.Raster) args.queries();
        var layers = new Layers(execution, blend, args, uniforms);
        execution.warm(blend.warmups(), raster.count() / layers.shape.pixels());
        var code = blend.code(layers.isFinite);
        var in = Planes.of(blend.plan.pairs.inputs, args);
        var idle = new ConcurrentLinkedQueue<TileWork>();
        execution.forEach(
                layers.lists.tiles,
                tile -> {
                    var work = idle.poll();
                    if (work == null) {
                        work = new TileWork(layers, code, in, uniforms, 1 + channels.count());
                    }
                    work.begin(tile);
                    work.clear(1);
                    work.blend(execution.resources().cancel(), null, null);
                    work.read(0, transmittance, 0);
                    for (int k = 0; k < channels.count(); k++) {
                        work.read(1 + k, channels, k);
                    }
                    idle.add(work);
                });
    }
}
