package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A folder of numbered pictures, all of which appear or none. */
final class PictureFolder implements AutoCloseable {
    private final Path folder;
    private final boolean isNew;
    private final Engine engine;
    private final Staging staging;
    private final Map<Path, Path> places = new LinkedHashMap<>();
    private boolean isPublished;

    /**
     * @throws Failure if there is a file of that name, or no folder to put it in
     */
    PictureFolder(Path folder, Engine engine) throws IOException {
        this.folder = folder;
        this.engine = engine;
        isNew = !Files.isDirectory(folder);
        if (isNew) {
            if (Files.exists(folder)) {
                throw Failure.refused(
                        folder.toString(), "this is a file", "give the name of a folder");
            }
            Staging.check(folder);
            Files.createDirectory(folder);
        }
        staging = Staging.beside(folder.resolve("pictures"));
    }

    /**
     * Adds a picture.
     *
     * @param content what its file holds
     * @param ending of the file with its dot, which says how
     */
    void add(Object content, String ending) throws IOException {
        String name = "%03d%s".formatted(places.size(), ending);
        Path staged = staging.file(name);
        engine.write(content, staged);
        places.put(staged, folder.resolve(name));
    }

    void publish() throws IOException {
        staging.publish(places);
        isPublished = true;
    }

    @Override
    public void close() throws IOException {
        staging.close();
        if (isNew && !isPublished) {
            Files.deleteIfExists(folder);
        }
    }
}
