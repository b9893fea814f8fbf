package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Solid;
import org.kernfield.numerics.surface.Topology;
import org.kernfield.scene.Mesh;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Needs;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the surface of a field in space as triangles. */
public final class MeshVerb implements Needs {
    private static final long USUAL = 128;
    private static final int LARGEST = 2048;

    private static final Option RESOLUTION =
            Option.integer("resolution", "N", 2, "Cells along the longest side; default " + USUAL);
    private static final Option LEVEL =
            Option.number(
                    "level",
                    "VALUE",
                    -1e30,
                    1e30,
                    "",
                    "Value at the surface, for splats a density; default the field's own");
    private static final Option OUT =
            Option.text("out", "FILE", Wants.FILE, "Mesh to write: .ply or .obj");

    private final Engine engine;
    private final Surroundings surroundings;

    public MeshVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "mesh";
    }

    @Override
    public String summary() {
        return "Write the surface of a fitted model or a scene as triangles";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(RESOLUTION, LEVEL, OUT);
    }

    @Override
    public List<Option> needed() {
        return List.of(OUT);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        long start = System.nanoTime();
        Path out = arguments.path(OUT).orElseThrow();
        Staging.check(out);
        Long resolution = arguments.value(RESOLUTION, Long.class);
        long cells = resolution == null ? USUAL : resolution;
        if (cells > LARGEST) {
            throw Failure.refused(
                    "--resolution " + cells, "too fine", "use 2 to " + LARGEST + " cells");
        }
        FieldHandle field = Models.orScene(engine, arguments.path(0), surroundings);
        if (!field.can(Solid.class)) {
            throw Failure.refused(
                    arguments.operand(0),
                    "a " + field.model().task() + " model has no inside",
                    "give a field in space");
        }
        Mesh mesh = new SurfaceOf(field).mesh((int) cells, arguments.value(LEVEL, Double.class));
        if (mesh.triangleCount() == 0) {
            throw Failure.refused(
                    arguments.operand(0),
                    "nothing lies inside a surface of this level",
                    "lower --level or raise --resolution");
        }
        engine.write(mesh, out);
        Topology topology = Topology.of(mesh);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "out",
                        out.toString(),
                        "vertices",
                        mesh.vertexCount(),
                        "triangles",
                        mesh.triangleCount(),
                        "closed",
                        topology.isClosed(),
                        "manifold",
                        topology.isManifold(),
                        "seconds",
                        seconds),
                "%,d vertices, %,d triangles in %.2f s: %s"
                        .formatted(mesh.vertexCount(), mesh.triangleCount(), seconds, out));
    }
}
