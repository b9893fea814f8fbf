package org.kernfield.engine.internal;

import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes files with the codecs that are here at the moment, each leased meanwhile. */
final class Shelf implements FileReader {
    private final Roster<Codec<?>> codecs;

    Shelf(Roster<Codec<?>> codecs) {
        this.codecs = codecs;
    }

    @Override
    public boolean knows(Path file, Class<?> type) throws IOException {
        try {
            return with(all -> all.find(file).type() == type);
        } catch (FormatException e) {
            return false;
        }
    }

    @Override
    public <T> T read(Path file, Class<T> type) throws IOException {
        return with(all -> all.read(file, type, Limits.ofHeap()));
    }

    void write(Object value, Path file) throws IOException {
        with(
                all -> {
                    all.write(value, file);
                    return null;
                });
    }

    private interface Use<R> {
        R with(Codecs all) throws IOException;
    }

    private <R> R with(Use<R> use) throws IOException {
        var leases = new ArrayList<Lease<Codec<?>>>();
        try {
            for (var entry : codecs.snapshot()) {
                Lease<Codec<?>> lease = codecs.lease(e -> e == entry);
                if (lease != null) {
                    leases.add(lease);
                }
            }
            return use.with(
                    new Codecs(services(leases), (codec, e) -> Answers.note(codec.name(), e)));
        } catch (FormatException e) {
            // without its cause, which may be of a codec's own class
            throw new FormatException(e.getMessage());
        } finally {
            leases.forEach(Lease::close);
        }
    }

    private static List<Codec<?>> services(List<Lease<Codec<?>>> leases) {
        return leases.stream().<Codec<?>>map(Lease::service).toList();
    }
}
