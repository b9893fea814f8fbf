package org.kernfield.numerics;

import org.kernfield.backend.Workers;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Workers that run the parts on as many threads as there are parts, to shake their order. */
public record Pool(int count) implements Workers {
    @Override
    public void forEach(int parts, IntConsumer part) {
        IntStream.range(0, parts).parallel().forEach(part);
    }
}
