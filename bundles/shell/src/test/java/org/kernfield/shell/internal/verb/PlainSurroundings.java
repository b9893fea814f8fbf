package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Check;
import org.kernfield.engine.Plugin;
import org.kernfield.format.Codec;
import org.kernfield.format.Probe;
import org.kernfield.shell.internal.Surroundings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** No framework: nothing is plugged in, formats are told by their first bytes. */
final class PlainSurroundings implements Surroundings {
    private final Path drop;

    PlainSurroundings() {
        this(null);
    }

    /**
     * @param drop where jars would go live, or null
     */
    PlainSurroundings(Path drop) {
        this.drop = drop;
    }

    @Override
    public List<Plugin> plugins() {
        return List.of();
    }

    @Override
    public Map<String, Object> inspect(Path jar) {
        throw new IllegalArgumentException("there is no framework");
    }

    @Override
    public List<Check> problems() {
        return List.of();
    }

    @Override
    public Optional<Format> format(Probe head) {
        return ServiceLoader.load(Codec.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(codec -> codec.accepts(head))
                .<Format>map(Format::of)
                .findFirst();
    }

    @Override
    public Optional<Path> samplePlugin() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> dropFolder() {
        return Optional.ofNullable(drop);
    }

    @Override
    public Build build() {
        return new Build("0", "unknown");
    }
}
