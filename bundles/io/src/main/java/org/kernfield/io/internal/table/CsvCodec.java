package org.kernfield.io.internal.table;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.format.Table;
import org.kernfield.io.internal.Guard;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Tables of numbers as text, UTF-8, plain or gzipped: one row a line, separated by commas,
 * semicolons or tabs, the header optional. Numbers are written with as few digits as read back to
 * the same double.
 */
public class CsvCodec implements Codec<Table> {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Class<Table> type() {
        return Table.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("csv", "csv.gz", "tsv", "tsv.gz");
    }

    /** Text has no mark of its own: the name decides, and no zero byte contradicts it. */
    @Override
    public boolean accepts(Probe head) {
        if (head.endsWith("csv.gz") || head.endsWith("tsv.gz")) {
            return isGzip(head.head());
        }
        if (!head.endsWith("csv") && !head.endsWith("tsv")) {
            return false;
        }
        for (byte b : head.head()) {
            if (b == 0) {
                return isGzip(head.head());
            }
        }
        return true;
    }

    private static boolean isGzip(byte[] head) {
        return head.length >= 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B;
    }

    @Override
    public Table read(Path file, Limits limits) throws IOException {
        return Guard.decode(
                file,
                name(),
                () -> {
                    try (var reader = new BufferedReader(decoded(file))) {
                        var rows = new CsvReader(file.toString(), reader);
                        var table = new TableBuilder(file.toString(), limits);
                        for (var cells = rows.next(); cells != null; cells = rows.next()) {
                            table.add(cells, rows.line());
                        }
                        return table.done();
                    }
                });
    }

    private static InputStreamReader decoded(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(2);
        }
        InputStream in = Files.newInputStream(file);
        try {
            return new InputStreamReader(
                    isGzip(head) ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void write(Table table, Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        char separator = name.contains(".tsv") ? '\t' : ',';
        AtomicFile.write(
                file,
                out -> {
                    var packed = name.endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : null;
                    var text =
                            new BufferedWriter(
                                    new OutputStreamWriter(
                                            packed != null ? packed : out, StandardCharsets.UTF_8),
                                    1 << 16);
                    write(table, separator, text);
                    text.flush();
                    if (packed != null) {
                        packed.finish();
                    }
                });
    }

    private static void write(Table table, char separator, Writer out) throws IOException {
        int width = table.values().width();
        for (int k = 0; k < table.columns().size(); k++) {
            out.append(k == 0 ? "" : String.valueOf(separator));
            out.append(quoted(table.columns().get(k), separator));
        }
        out.append(table.columns().isEmpty() ? "" : "\n");
        for (long row = 0; row < table.rows(); row++) {
            for (int k = 0; k < width; k++) {
                if (k > 0) {
                    out.append(separator);
                }
                out.append(shortest(table.get(row, k)));
            }
            out.append('\n');
        }
    }

    private static String quoted(String cell, char separator) {
        boolean isPlain = cell.indexOf(separator) < 0 && cell.indexOf('"') < 0;
        return isPlain && cell.indexOf('\n') < 0 ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static String shortest(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
