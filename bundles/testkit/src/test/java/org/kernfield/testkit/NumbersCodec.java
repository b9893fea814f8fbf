package org.kernfield.testkit;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The plainest codec there can be: four letters, a count, doubles. */
public class NumbersCodec implements Codec<double[]> {
    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public Class<double[]> type() {
        return double[].class;
    }

    @Override
    public List<String> extensions() {
        return List.of("nums");
    }

    @Override
    public boolean accepts(Probe head) {
        return head.startsWith("NUMS");
    }

    @Override
    public double[] read(Path file, Limits limits) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(8);
            if (head.length < 8 || ByteBuffer.wrap(head).getInt() != 0x4e554d53) {
                throw new FormatException(file + ": no numbers; write it anew");
            }
            int count = ByteBuffer.wrap(head).getInt(4);
            limits.check(file.toString(), 8L * count);
            byte[] body = in.readNBytes(8 * count);
            if (body.length < 8 * count) {
                throw new FormatException(file + ": cut short; write it anew");
            }
            var values = new double[count];
            ByteBuffer.wrap(body).asDoubleBuffer().get(values);
            return values;
        }
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void write(double[] value, Path file) throws IOException {
        var bytes = ByteBuffer.allocate(8 + 8 * value.length).putInt(0x4e554d53);
        bytes.putInt(value.length);
        bytes.asDoubleBuffer().put(value);
        AtomicFile.write(file, out -> out.write(bytes.array()));
    }
}
