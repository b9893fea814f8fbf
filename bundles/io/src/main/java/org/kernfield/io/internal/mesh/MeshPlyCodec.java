package org.kernfield.io.internal.mesh;

import org.kernfield.scene.Mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Triangles in a little-endian PLY file, with colours of eight bits where there are any. */
public class MeshPlyCodec extends MeshCodec {
    /** Bytes of a triangle: its number of corners and the corners. */
    private static final int FACE = 13;

    @Override
    public String name() {
        return "ply-mesh";
    }

    @Override
    public List<String> extensions() {
        return List.of("ply");
    }

    @Override
    void encode(Mesh mesh, OutputStream out) throws IOException {
        boolean hasColours = mesh.colours().length > 0;
        out.write(header(mesh, hasColours).getBytes(StandardCharsets.US_ASCII));
        var vertex = little(hasColours ? 15 : 12);
        for (int k = 0; k < mesh.vertices().length; k += 3) {
            vertex.clear();
            for (int c = 0; c < 3; c++) {
                vertex.putFloat(mesh.vertices()[k + c]);
            }
            for (int c = 0; hasColours && c < 3; c++) {
                vertex.put((byte) eightBit(mesh.colours()[k + c]));
            }
            out.write(vertex.array());
        }
        var face = little(FACE);
        for (int k = 0; k < mesh.triangles().length; k += 3) {
            face.clear();
            face.put((byte) 3);
            for (int c = 0; c < 3; c++) {
                face.putInt(mesh.triangles()[k + c]);
            }
            out.write(face.array());
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String header(Mesh mesh, boolean hasColours) {
        String colours = "property uchar red\nproperty uchar green\nproperty uchar blue\n";
        return "ply\nformat binary_little_endian 1.0\nelement vertex "
                + mesh.vertexCount()
                + "\nproperty float x\nproperty float y\nproperty float z\n"
                + (hasColours ? colours : "")
                + "element face "
                + mesh.triangleCount()
                + "\nproperty list uchar int vertex_indices\nend_header\n";
    }
}
