package org.kernfield.io.internal.mesh;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.scene.Mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes meshes; reading them is another matter. */
public abstract class MeshCodec implements Codec<Mesh> {
    @Override
    public final Class<Mesh> type() {
        return Mesh.class;
    }

    @Override
    public final boolean accepts(Probe head) {
        return false;
    }

    @Override
    public final Mesh read(Path file, Limits limits) throws IOException {
        throw new FormatException(
                file + ": " + name() + " is only written; give a model or a scene of splats");
    }

    @Override
    public final boolean canWrite() {
        return true;
    }

    @Override
    public final void write(Mesh mesh, Path file) throws IOException {
        AtomicFile.write(file, out -> encode(mesh, out));
    }

    abstract void encode(Mesh mesh, OutputStream out) throws IOException;

    /** A colour value as a byte. */
    static int eightBit(float value) {
        return Math.round(Math.clamp(value, 0f, 1f) * 255f);
    }
}
