package org.kernfield.io.internal.camera;

import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Guard;
import org.kernfield.io.internal.Json;
import org.kernfield.scene.Scene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the codecs of cameras share; those that write say so. */
public abstract class SceneCodec implements Codec<Scene> {
    /** Bytes that a character of a description takes once it is read, about. */
    private static final int BYTES_PER_CHARACTER = 16;

    private final String name;
    private final List<String> extensions;

    protected SceneCodec(String name, String... extensions) {
        this.name = name;
        this.extensions = List.of(extensions);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Class<Scene> type() {
        return Scene.class;
    }

    @Override
    public final List<String> extensions() {
        return extensions;
    }

    @Override
    public final Scene read(Path file, Limits limits) throws IOException {
        return Guard.decode(
                file,
                name,
                () -> {
                    try {
                        return decode(file, limits);
                    } catch (Refusal refusal) {
                        throw new FormatException(file + ": " + refusal.getMessage());
                    }
                });
    }

    /** Reads; whatever it throws is made a sentence about the file. */
    protected abstract Scene decode(Path file, Limits limits) throws IOException;

    @Override
    public boolean canWrite() {
        return false;
    }

    @Override
    public final void write(Scene scene, Path file) throws IOException {
        try {
            encode(scene, file);
        } catch (IllegalArgumentException unfit) {
            throw new FormatException(
                    file + ": " + unfit.getMessage() + "; choose another format of cameras");
        }
    }

    /**
     * Writes.
     *
     * @throws IllegalArgumentException for what the format has no place for
     */
    protected void encode(Scene scene, Path file) throws IOException {
        throw new FormatException(
                file + ": " + name + " is only read; use transforms.json or COLMAP's files");
    }

    /** The description that a file of text holds. */
    static Object json(Path file, Limits limits) throws IOException {
        limits.check(file.toString(), BYTES_PER_CHARACTER * Files.size(file));
        return Json.parseOfPython(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    static boolean mentions(Probe head, String text) {
        return new String(head.head(), StandardCharsets.ISO_8859_1).contains(text);
    }

    static boolean startsWith(Probe head, char first) {
        String text = new String(head.head(), StandardCharsets.ISO_8859_1).stripLeading();
        return !text.isEmpty() && text.charAt(0) == first;
    }
}
