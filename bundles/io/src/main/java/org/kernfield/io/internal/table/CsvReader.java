package org.kernfield.io.internal.table;

import org.kernfield.format.FormatException;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells (RFC 4180): quoted cells may hold separators, doubled quotes and line breaks. The
 * separator is the first of tab, semicolon and comma that the first line has outside quotes; where
 * it has none of them, runs of blanks. Lines that begin with {@code #} are remarks.
 */
final class CsvReader {
    /** Longest row, in characters: what has no line breaks is no table. */
    private static final int LONGEST = 1 << 22;

    /** As far as the first line is looked at for its separator, in characters. */
    private static final int LOOK = 1 << 16;

    private static final int END = -1;

    private final String file;
    private final BufferedReader in;
    private final char separator;
    private long line;
    private long nextLine = 1;

    CsvReader(String file, BufferedReader in) throws IOException {
        this.file = file;
        this.in = in;
        in.mark(1);
        if (in.read() != '\uFEFF') {
            in.reset();
        }
        this.separator = separator();
    }

    /** That of the first line with anything on it but a remark. */
    private char separator() throws IOException {
        in.mark(LOOK + 1);
        int left = LOOK;
        var first = new StringBuilder();
        boolean isQuoted = false;
        for (int c = in.read(); c != END && left-- > 0; c = in.read()) {
            boolean isBreak = !isQuoted && (c == '\n' || c == '\r');
            if (isBreak && isTelling(first)) {
                break;
            }
            isQuoted ^= c == '"';
            if (isBreak) {
                first.setLength(0);
            } else if (!isQuoted) {
                first.append((char) c);
            }
        }
        in.reset();
        for (char candidate : new char[] {'\t', ';', ','}) {
            if (first.indexOf(String.valueOf(candidate)) >= 0) {
                return candidate;
            }
        }
        return first.toString().strip().indexOf(' ') > 0 ? ' ' : ',';
    }

    private static boolean isTelling(StringBuilder line) {
        return !line.toString().isBlank() && line.charAt(0) != '#';
    }

    /** Line of the file, from 1, on which the row last read began. */
    long line() {
        return line;
    }

    /**
     * The next row that is neither blank nor a remark, its cells stripped; null at the end.
     *
     * @throws EOFException for a quoted cell that never ends
     * @throws FormatException for a row of absurd length
     */
    List<String> next() throws IOException {
        while (true) {
            line = nextLine;
            int c = read();
            if (c == '#') {
                skipLine();
                continue;
            }
            List<String> cells = c == END ? null : row(c);
            if (cells == null || cells.size() > 1 || !cells.getFirst().isEmpty()) {
                return cells;
            }
        }
    }

    private void skipLine() throws IOException {
        for (int c = read(); c != END && c != '\n'; c = read()) {
            // its content says nothing
        }
        nextLine++;
    }

    /** The next character; every kind of line break is one {@code \n}. */
    private int read() throws IOException {
        int c = in.read();
        if (c != '\r') {
            return c;
        }
        in.mark(1);
        if (in.read() != '\n') {
            in.reset();
        }
        return '\n';
    }

    private List<String> row(int first) throws IOException {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean isQuoted = false;
        boolean wasQuote = false;
        int c = first;
        for (int length = 0; isQuoted || c != END && c != '\n'; length++) {
            if (c == END) {
                throw new EOFException();
            }
            if (length > LONGEST) {
                throw new FormatException(
                        file + ": line " + line + " never ends; give a table of numbers");
            }
            if (c == '"') {
                // a doubled quote closes and opens again, and stands for itself
                if (!isQuoted && wasQuote) {
                    cell.append('"');
                }
                isQuoted = !isQuoted;
            } else if (c == separator && !isQuoted) {
                end(cell, cells);
            } else {
                cell.append((char) c);
                nextLine += c == '\n' ? 1 : 0;
            }
            wasQuote = c == '"' && !isQuoted;
            c = read();
        }
        nextLine++;
        if (separator != ' ' || !cell.isEmpty() || cells.isEmpty()) {
            cells.add(cell.toString().strip());
        }
        return cells;
    }

    /** Of blanks that separate, several are one, and those before the first cell are none. */
    private void end(StringBuilder cell, List<String> cells) {
        if (separator != ' ' || !cell.isEmpty()) {
            cells.add(cell.toString().strip());
            cell.setLength(0);
        }
    }
}
