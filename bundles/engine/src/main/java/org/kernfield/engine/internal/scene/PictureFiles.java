package org.kernfield.engine.internal.scene;

import org.kernfield.format.FormatException;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Finds the picture that a view names: endings and folders are often left out. */
record PictureFiles(Path root) {
    private static final List<String> ENDINGS =
            List.of("", ".png", ".jpg", ".jpeg", ".JPG", ".PNG", ".JPEG", ".webp", ".tif");
    private static final List<String> FOLDERS = List.of("", "images");
    private static final String MASKS = "masks";

    /** The file; null if there is none. */
    Path find(String name) {
        try {
            for (String folder : FOLDERS) {
                for (String ending : ENDINGS) {
                    Path file = root.resolve(folder).resolve(name + ending).normalize();
                    if (Files.isRegularFile(file)) {
                        return file;
                    }
                }
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return null;
    }

    /**
     * A mask that the description names, in the directory or below.
     *
     * @throws FormatException if it is not there
     */
    Path named(String mask) throws FormatException {
        Path file = below(mask);
        if (file == null || !Files.isRegularFile(file)) {
            throw new FormatException(
                    root
                            + "/"
                            + mask
                            + ": there is no such mask; put it there, or remove its mask_path");
        }
        return file;
    }

    /** Null for what names no place in the directory or below. */
    private Path below(String name) {
        try {
            Path top = root.toAbsolutePath().normalize();
            boolean isRelative = !root.getFileSystem().getPath(name).isAbsolute();
            boolean isBelow = top.resolve(name).normalize().startsWith(top);
            return isRelative && isBelow ? root.resolve(name).normalize() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /**
     * A picture's mask, white where it counts: in the folder masks, called as the picture with .png
     * added or in place of its ending; null if there is none.
     */
    Path mask(Path picture) {
        Path masks = root.resolve(MASKS);
        if (!Files.isDirectory(masks)) {
            return null;
        }
        String name = picture.getFileName().toString();
        for (String candidate : List.of(name + ".png", stem(name) + ".png", name)) {
            Path file = masks.resolve(candidate);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /** A name without its ending. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }
}
