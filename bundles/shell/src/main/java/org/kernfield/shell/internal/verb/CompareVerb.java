package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Workers;
import org.kernfield.engine.Engine;
import org.kernfield.field.Image;
import org.kernfield.format.Table;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;
import org.kernfield.shell.internal.picture.Scores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How much two pictures or two tables differ. */
public final class CompareVerb implements Verb {
    private static final List<String> TABLES =
            List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".dat");

    private final Engine engine;

    public CompareVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String summary() {
        return "Tell how much two pictures or two tables differ";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("A", Wants.FILE), Operand.required("B", Wants.FILE));
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        Path a = arguments.path(0);
        Path b = arguments.path(1);
        return isTable(a) && isTable(b) ? tables(a, b) : pictures(a, b);
    }

    private static boolean isTable(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return TABLES.stream().anyMatch(name::endsWith);
    }

    private Reply pictures(Path first, Path second) throws IOException {
        Image a = read(first);
        Image b = read(second);
        if (a.width() != b.width() || a.height() != b.height()) {
            throw Failure.refused(
                    second.toString(),
                    size(b) + " pixels, but " + first + " has " + size(a),
                    "compare pictures of one size");
        }
        int channels = Math.max(a.channels(), b.channels());
        var scores = Scores.of(spread(a, channels), spread(b, channels), Workers.SERIAL);
        Double ssim = scores.get("ssim");
        return new Facts(
                new LinkedHashMap<>(scores),
                "PSNR %.2f dB".formatted(scores.get("psnr"))
                        + (ssim == null ? "" : ", SSIM %.4f".formatted(ssim)));
    }

    private Image read(Path file) throws IOException {
        try {
            return engine.read(file, Image.class).eightBit();
        } catch (org.kernfield.format.FormatException e) {
            String message = e.getMessage();
            boolean named = message.contains(file.getFileName().toString());
            throw new org.kernfield.format.FormatException(named ? message : file + ": " + message);
        }
    }

    private static String size(Image image) {
        return image.width() + " × " + image.height();
    }

    /** A grey picture is compared with a coloured one as red = green = blue. */
    private static Image spread(Image image, int channels) {
        if (image.channels() == channels) {
            return image;
        }
        var values = new float[Math.toIntExact(image.pixels() * channels)];
        for (int k = 0; k < values.length; k++) {
            values[k] = image.values()[k / channels];
        }
        return new Image(image.width(), image.height(), channels, values);
    }

    private Reply tables(Path first, Path second) throws IOException {
        Table a = numbers(first);
        Table b = numbers(second);
        if (a.width() != b.width() || a.rows() != b.rows()) {
            throw Failure.refused(
                    second.toString(),
                    "%d × %d numbers, but %s has %d × %d"
                            .formatted(b.rows(), b.width(), first, a.rows(), a.width()),
                    "compare tables of one size");
        }
        double squares = 0;
        double max = 0;
        for (long row = 0; row < a.rows(); row++) {
            for (int column = 0; column < a.width(); column++) {
                double difference = Math.abs(a.get(row, column) - b.get(row, column));
                squares += difference * difference;
                max = Math.max(max, difference);
            }
        }
        double rmse = Math.sqrt(squares / a.values().elements());
        return new Facts(
                Facts.map("rmse", rmse, "max", max),
                "RMSE %.6g, largest %.6g".formatted(rmse, max));
    }

    private Table numbers(Path file) throws IOException {
        Table table = engine.read(file, Table.class);
        table.requireNumbers(file, IntStream.range(0, table.width()).boxed()::iterator, "");
        for (long row = 0; row < table.rows(); row++) {
            for (int column = 0; column < table.width(); column++) {
                if (!Double.isFinite(table.get(row, column))) {
                    throw Failure.refused(
                            file.toString(),
                            "%s, %s: missing or infinite, which cannot be compared"
                                    .formatted(table.label(row), table.label(column)),
                            "give finite numbers");
                }
            }
        }
        return table;
    }
}
