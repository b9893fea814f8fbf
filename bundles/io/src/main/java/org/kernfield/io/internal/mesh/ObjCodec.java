package org.kernfield.io.internal.mesh;

import org.kernfield.scene.Mesh;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Triangles in a Wavefront OBJ file; colours follow the coordinates of a vertex. */
public class ObjCodec extends MeshCodec {
    @Override
    public String name() {
        return "obj";
    }

    @Override
    public List<String> extensions() {
        return List.of("obj");
    }

    @Override
    void encode(Mesh mesh, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
        boolean hasColours = mesh.colours().length > 0;
        for (int k = 0; k < mesh.vertices().length; k += 3) {
            writer.write('v');
            write(writer, mesh.vertices(), k);
            if (hasColours) {
                write(writer, mesh.colours(), k);
            }
            writer.write('\n');
        }
        int[] t = mesh.triangles();
        for (int k = 0; k < t.length; k += 3) {
            // counted from 1
            writer.write("f " + (t[k] + 1) + " " + (t[k + 1] + 1) + " " + (t[k + 2] + 1) + "\n");
        }
        writer.flush();
    }

    private static void write(BufferedWriter writer, float[] values, int from) throws IOException {
        for (int c = 0; c < 3; c++) {
            writer.write(' ');
            writer.write(Float.toString(values[from + c]));
        }
    }
}
