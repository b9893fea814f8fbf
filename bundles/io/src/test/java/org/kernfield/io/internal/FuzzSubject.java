package org.kernfield.io.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One file to be damaged and what lies beside it.
 *
 * @param kind of file, by which it is chosen
 * @param read name of the file that a reader is given
 * @param beside the other files of the folder, by name
 * @param damaged name of the file that is damaged
 * @param samples valid contents of it, before they are packed
 * @param packing what makes a file of a damaged content
 * @param share of the time that its kind is given
 */
record FuzzSubject(
        String kind,
        String read,
        Map<String, byte[]> beside,
        String damaged,
        List<byte[]> samples,
        UnaryOperator<byte[]> packing,
        double share) {
    /** A file that stands alone. */
    static FuzzSubject alone(String kind, String ending, List<byte[]> samples) {
        String name = "damaged." + ending;
        return new FuzzSubject(kind, name, Map.of(), name, samples, UnaryOperator.identity(), 1);
    }

    /** A file that stands alone, damaged within its packing. */
    static FuzzSubject packed(
            String kind, String ending, byte[] sample, UnaryOperator<byte[]> packing) {
        String name = "damaged." + ending;
        return new FuzzSubject(kind, name, Map.of(), name, List.of(sample), packing, 1);
    }

    /** Each of the files of a folder in turn. */
    static List<FuzzSubject> folder(String kind, Path read) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var all = Files.list(read.getParent())) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        var subjects = new ArrayList<FuzzSubject>();
        for (String damaged : files.keySet()) {
            var beside = new TreeMap<>(files);
            byte[] sample = beside.remove(damaged);
            subjects.add(
                    new FuzzSubject(
                            kind,
                            read.getFileName().toString(),
                            beside,
                            damaged,
                            List.of(sample),
                            UnaryOperator.identity(),
                            1.0 / files.size()));
        }
        return subjects;
    }

    String name() {
        return beside.isEmpty() ? kind : kind + " " + damaged;
    }
}
