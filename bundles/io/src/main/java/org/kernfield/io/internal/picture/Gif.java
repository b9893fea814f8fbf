package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import javax.imageio.ImageReader;

/** The first frame of a GIF in its place on the screen (GIF89a specification, sections 18, 20). */
final class Gif {
    private static final int SCREEN = 6;
    private static final int BLOCKS = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;

    private Gif() {}

    static Image read(ImageReader reader, byte[] file, Allowance allowance) throws IOException {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int width = in.getShort(SCREEN) & 0xFFFF;
        int height = in.getShort(SCREEN + 2) & 0xFFFF;
        int at = frame(in);
        int left = in.getShort(at + 1) & 0xFFFF;
        int top = in.getShort(at + 3) & 0xFFFF;
        Image frame = Decoded.picture(reader.read(0), 1);
        width = Math.max(width, left + frame.width());
        height = Math.max(height, top + frame.height());
        if (frame.width() == width && frame.height() == height) {
            return frame;
        }
        allowance.check(width, height, frame.channels(), (2 * frame.channels() + 2) * Float.BYTES);
        int channels = frame.channels();
        var values = new float[width * height * channels];
        Arrays.fill(values, 1);
        int line = frame.width() * channels;
        for (int y = 0; y < frame.height(); y++) {
            int to = ((top + y) * width + left) * channels;
            System.arraycopy(frame.values(), y * line, values, to, line);
        }
        var alpha = new float[width * height];
        for (int y = 0; y < frame.height(); y++) {
            int to = (top + y) * width + left;
            if (frame.alpha() == null) {
                Arrays.fill(alpha, to, to + frame.width(), 1);
            } else {
                System.arraycopy(frame.alpha(), y * frame.width(), alpha, to, frame.width());
            }
        }
        return new Image(width, height, channels, values, alpha);
    }

    /** Where the first frame's descriptor begins. */
    private static int frame(ByteBuffer in) {
        int flags = in.get(SCREEN + 4);
        int at = BLOCKS + ((flags & 0x80) != 0 ? 3 << (flags & 7) + 1 : 0);
        while ((in.get(at) & 0xFF) == EXTENSION) {
            at += 2;
            while (in.get(at) != 0) {
                at += 1 + (in.get(at) & 0xFF);
            }
            at++;
        }
        if (in.get(at) != FRAME) {
            throw new IllegalArgumentException("it holds no frame");
        }
        return at;
    }
}
