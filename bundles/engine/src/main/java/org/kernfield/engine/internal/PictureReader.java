package org.kernfield.engine.internal;

import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.kernfield.field.TaskReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a picture with whichever codec knows it. */
final class PictureReader implements TaskReader {
    private final Shelf shelf;

    PictureReader(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public boolean accepts(Path input) throws IOException {
        return Files.isRegularFile(input) && shelf.knows(input, Image.class);
    }

    @Override
    public Task read(Path input, Settings settings) throws IOException {
        return new ImageTask(shelf.read(input, Image.class));
    }
}
