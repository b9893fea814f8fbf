package org.kernfield.nd4j;

import org.kernfield.backend.Array;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.TableTask;
import org.nd4j.linalg.api.ndarray.INDArray;

import java.util.List;
import java.util.stream.IntStream;

/** Samples to fit, from INDArrays. Fits begin with a copy of their own, so arrays may change. */
public final class Nd4jTasks {
    private Nd4jTasks() {}

    /**
     * A picture.
     *
     * @param picture height × width × channels, or height × width for grey; sRGB values in [0, 1]
     * @throws IllegalArgumentException for other shapes
     */
    public static ImageTask image(INDArray picture) {
        if (picture.rank() != 2 && picture.rank() != 3) {
            throw new IllegalArgumentException(
                    "picture of %d dimensions; give height × width × channels"
                            .formatted(picture.rank()));
        }
        int height = Math.toIntExact(picture.size(0));
        int width = Math.toIntExact(picture.size(1));
        int channels = picture.rank() == 2 ? 1 : Math.toIntExact(picture.size(2));
        INDArray rows = picture.dup('c').reshape('c', (long) height * width, channels);
        return new ImageTask(new Image(width, height, channels, Segments.array(rows).toFloats()));
    }

    /**
     * A table to fit: which targets belong to which inputs.
     *
     * @param x n × d
     * @param y n × p, or n; NaN where a label is missing
     * @throws IllegalArgumentException if they do not have the same number of rows
     */
    public static TableTask table(INDArray x, INDArray y) {
        Array inputs = Segments.array(x);
        Array targets = Segments.array(y);
        return new TableTask(
                names("x", inputs.width()),
                names("y", targets.width()),
                numbers(inputs),
                numbers(targets),
                null,
                null);
    }

    private static List<String> names(String letter, int count) {
        return IntStream.range(0, count).mapToObj(k -> letter + k).toList();
    }

    private static double[] numbers(Array array) {
        return IntStream.range(0, Math.toIntExact(array.elements()))
                .mapToDouble(array::get)
                .toArray();
    }
}
