package org.kernfield.gp.model;

import org.kernfield.field.TableTask;
import org.opentest4j.TestAbortedException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Public tables with fixed splits, where the machine has them. */
final class UciTable {
    static final Path DATA = Path.of("../../../shared/data");

    private UciTable() {}

    /** Training and test rows of a split; the last column is the target. */
    static TableTask read(String name, int split) throws IOException {
        Path folder = DATA.resolve("regression/uci").resolve(name);
        if (!Files.isDirectory(folder)) {
            throw new TestAbortedException(
                    folder.toAbsolutePath().normalize() + ": no such table; this check is skipped");
        }
        List<double[]> rows = numbers(folder.resolve("data.csv.gz"));
        List<double[]> mask = numbers(folder.resolve("test_mask.csv.gz"));
        int d = rows.getFirst().length - 1;
        int[] training =
                IntStream.range(0, rows.size()).filter(i -> mask.get(i)[split] == 0).toArray();
        int[] test = IntStream.range(0, rows.size()).filter(i -> mask.get(i)[split] == 1).toArray();
        return new TableTask(
                IntStream.range(0, d).mapToObj(c -> "c" + c).toList(),
                List.of("target"),
                inputs(rows, training, d),
                targets(rows, training, d),
                null,
                new TableTask.Held(inputs(rows, test, d), targets(rows, test, d)));
    }

    private static double[] inputs(List<double[]> rows, int[] chosen, int d) {
        var x = new double[chosen.length * d];
        for (int k = 0; k < chosen.length; k++) {
            System.arraycopy(rows.get(chosen[k]), 0, x, k * d, d);
        }
        return x;
    }

    private static double[] targets(List<double[]> rows, int[] chosen, int d) {
        return IntStream.of(chosen).mapToDouble(i -> rows.get(i)[d]).toArray();
    }

    private static List<double[]> numbers(Path file) throws IOException {
        var rows = new ArrayList<double[]>();
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                var cells = line.split(",");
                var row = new double[cells.length];
                for (int c = 0; c < row.length; c++) {
                    row[c] = Double.parseDouble(cells[c]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
