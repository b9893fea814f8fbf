package org.kernfield.io.internal.splat;

import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.gltf.SplatPrimitive;
import org.kernfield.io.internal.gltf.SplatWriter;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Splats in glTF with the extension KHR_gaussian_splatting, in one file (GLB) or as text. Its axes
 * are left, up, forward; scales and opacities are as they are drawn. Older files have logarithms
 * for scales: more than half of the numbers are then negative. Of a scale that is negative in
 * another file the magnitude counts. Transforms of nodes are not applied to splats: files that move
 * them are refused. Of the degree nothing beyond 3 is written.
 *
 * @see <a
 *     href="https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_gaussian_splatting">the
 *     extension</a>
 */
public class GltfCodec extends SplatCodec {
    private final boolean isBinary;

    protected GltfCodec(boolean isBinary) {
        super(isBinary ? "glb" : "gltf", isBinary ? "glb" : "gltf");
        this.isBinary = isBinary;
    }

    @Override
    public boolean accepts(Probe head) {
        if (isBinary) {
            return head.startsWith("glTF");
        }
        String text = new String(head.head(), StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("{")
                && (head.endsWith("gltf") || text.contains("KHR_gaussian_splatting"));
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        var primitive = SplatPrimitive.find(file, limits);
        primitive.checkRows();
        int degree = primitive.degree();
        int count = count(file, primitive.count(), degree, 0, limits);
        var splats = Splats.allocate(count, degree);
        primitive.copyTo(splats);
        float[] scales = splats.logScales();
        boolean isLogarithmic = isMostlyNegative(scales);
        for (int k = 0; k < scales.length && !isLogarithmic; k++) {
            scales[k] = (float) Math.log(Math.abs(scales[k]));
        }
        for (int k = 0; k < count; k++) {
            splats.opacities()[k] = Activation.logit(splats.opacities()[k]);
            float[] q = splats.rotations();
            float w = q[4 * k + 3];
            System.arraycopy(q, 4 * k, q, 4 * k + 1, 3);
            q[4 * k] = w;
        }
        Axes.LUF.turn(splats);
        return splats;
    }

    private static boolean isMostlyNegative(float[] numbers) {
        int negative = 0;
        for (float number : numbers) {
            negative += number < 0 ? 1 : 0;
        }
        return negative > numbers.length / 2;
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        checkFinite(splats, file);
        int degree = Math.min(3, splats.degree());
        int n = splats.count();
        int width = 3 * Splats.coefficients(splats.degree());
        var turned = Splats.allocate(n, degree);
        System.arraycopy(splats.means(), 0, turned.means(), 0, 3 * n);
        int kept = 3 * Splats.coefficients(degree);
        var quaternion = new double[4];
        for (int k = 0; k < n; k++) {
            System.arraycopy(splats.sh(), width * k, turned.sh(), kept * k, kept);
            Activation.unit(splats.rotations(), 4 * k, quaternion);
            for (int c = 0; c < 4; c++) {
                turned.rotations()[4 * k + c] = (float) quaternion[c];
            }
            turned.opacities()[k] = (float) Activation.sigmoid(splats.opacities()[k]);
        }
        for (int k = 0; k < 3 * n; k++) {
            double scale = Math.exp(splats.logScales()[k]);
            turned.logScales()[k] = (float) Math.min(scale, Float.MAX_VALUE);
        }
        Axes.LUF.turn(turned);
        SplatWriter.write(turned, file, isBinary);
    }
}
