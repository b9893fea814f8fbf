package org.kernfield.io.internal.table;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.format.Table;
import org.kernfield.io.internal.Guard;

import java.io.BufferedInputStream;
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
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Tables as text, UTF-8 or marked UTF-16, plain or gzipped: one row a line, separated by commas,
 * semicolons, tabs or blanks, the header optional. Cells that are empty or say NA, NaN, null, none
 * or ? are missing. Numbers are written with as few digits as read back to the same double.
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

    /**
     * Text has no mark of its own: the name decides, and no zero byte contradicts it. What is
     * called plain text or data has to have a line of numbers as well.
     */
    @Override
    public boolean accepts(Probe head) {
        if (head.endsWith("csv.gz") || head.endsWith("tsv.gz")) {
            return isGzip(head.head());
        }
        if (head.size() == 0) {
            return false;
        }
        boolean isNamed = head.endsWith("csv") || head.endsWith("tsv");
        boolean mayBe = head.endsWith("txt") || head.endsWith("dat");
        if (isNamed && (isGzip(head.head()) || isMarked(head.head()))) {
            return true;
        }
        return (isNamed || mayBe && hasNumbers(head)) && isText(head.head());
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last line that the head has whole is one of numbers. */
    private static boolean hasNumbers(Probe head) {
        var lines = new String(head.head(), StandardCharsets.ISO_8859_1).lines().toList();
        boolean isCut = head.size() > head.head().length && lines.size() > 1;
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - (isCut ? 2 : 1));
        return last.matches("[-+0-9.eE,;\\s]*[0-9][-+0-9.eE,;\\s]*");
    }

    private static boolean isGzip(byte[] head) {
        return starts(head, 0x1F, 0x8B);
    }

    /** Whether a byte order mark says that it is UTF-16. */
    private static boolean isMarked(byte[] head) {
        return starts(head, 0xFE, 0xFF) || starts(head, 0xFF, 0xFE);
    }

    private static boolean starts(byte[] head, int first, int second) {
        return head.length >= 2 && (head[0] & 0xFF) == first && (head[1] & 0xFF) == second;
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
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            InputStream plain = in;
            if (isGzip(head(in))) {
                plain = new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
            }
            boolean isMarked = isMarked(head(plain));
            return new InputStreamReader(
                    plain, isMarked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The first two bytes, which are then read again. */
    private static byte[] head(InputStream in) throws IOException {
        in.mark(2);
        byte[] head = in.readNBytes(2);
        in.reset();
        return head;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void write(Table table, Path file) throws IOException {
        table.requireNumbers(file, IntStream.range(0, table.width()).boxed()::iterator, "");
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
        // a line that begins with # would be a remark
        boolean isPlain =
                cell.indexOf(separator) < 0 && cell.indexOf('"') < 0 && !cell.startsWith("#");
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
