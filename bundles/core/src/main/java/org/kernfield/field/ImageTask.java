package org.kernfield.field;

/**
 * Fit a picture: coordinates are pixels of the source, values its channels.
 *
 * @param image the target
 */
public record ImageTask(Image image) implements Task {
    @Override
    public String name() {
        return "image";
    }

    @Override
    public long size() {
        return image.values().length;
    }
}
