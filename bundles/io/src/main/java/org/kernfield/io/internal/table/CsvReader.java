package org.kernfield.io.internal.table;

import org.kernfield.format.FormatException;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells (RFC 4180): quoted cells may hold separators, doubled quotes and line breaks. The
 * separator is the first of tab, semicolon and comma that the first line has outside quotes.
 */
final class CsvReader {
    /** Longest row, in characters: what has no line breaks is no table. */
    private static final int LONGEST = 1 << 22;

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

    private char separator() throws IOException {
        int ahead = 1 << 16;
        in.mark(ahead);
        char found = ',';
        boolean isQuoted = false;
        for (int c = in.read(); c != END && ahead-- > 1; c = in.read()) {
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && c == '\t') {
                found = '\t';
                break;
            } else if (!isQuoted && c == ';') {
                found = ';';
            } else if (!isQuoted && (c == '\n' || c == '\r')) {
                break;
            }
        }
        in.reset();
        return found;
    }

    /** Line of the file, from 1, on which the row last read began. */
    long line() {
        return line;
    }

    /**
     * The next row that is not blank, its cells stripped; null at the end.
     *
     * @throws EOFException for a quoted cell that never ends
     * @throws FormatException for a row of absurd length
     */
    List<String> next() throws IOException {
        while (true) {
            line = nextLine;
            List<String> cells = row();
            if (cells == null || cells.size() > 1 || !cells.getFirst().isEmpty()) {
                return cells;
            }
        }
    }

    private List<String> row() throws IOException {
        int c = in.read();
        if (c == END) {
            return null;
        }
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean isQuoted = false;
        boolean wasQuote = false;
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
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append((char) c);
                nextLine += c == '\n' ? 1 : 0;
            }
            wasQuote = c == '"' && !isQuoted;
            c = in.read();
        }
        nextLine++;
        cells.add(cell.toString().strip());
        return cells;
    }
}
