package org.kernfield.field;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The health of a fit.
 *
 * @param lines for people, in plain words, what is worst first; none holds a line break
 * @param figures for scripts, by camelCase name; NaN where unknown
 */
public record Report(List<String> lines, Map<String, Double> figures) {
    private static final String LINES = "report";
    private static final String FIGURES = "reportFigures";

    public Report {
        lines = lines.stream().map(line -> line.replaceAll("\\R", " ")).toList();
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** As metadata of a model. */
    public Map<String, String> metadata() {
        return Map.of(
                LINES,
                String.join("\n", lines),
                FIGURES,
                figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .collect(Collectors.joining("\n")));
    }

    /**
     * What {@link #metadata} wrote; empty where there is nothing of it.
     *
     * @throws ModelException if it is broken
     */
    public static Report of(Map<String, String> metadata) {
        var figures = new LinkedHashMap<String, Double>();
        for (String line : metadata.getOrDefault(FIGURES, "").lines().toList()) {
            int equals = line.indexOf('=');
            try {
                figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new ModelException(
                        "model: metadata %s has '%s', which is no figure; write it anew"
                                .formatted(FIGURES, line));
            }
        }
        return new Report(metadata.getOrDefault(LINES, "").lines().toList(), figures);
    }
}
