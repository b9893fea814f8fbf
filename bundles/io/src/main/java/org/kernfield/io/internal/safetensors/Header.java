package org.kernfield.io.internal.safetensors;

import org.kernfield.io.internal.Json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file.
 *
 * @param metadata texts under {@code __metadata__}
 * @param tensors in the order of their bytes, without gap or overlap
 */
record Header(Map<String, String> metadata, List<Tensor> tensors) {
    private static final String METADATA = "__metadata__";

    /**
     * The members of a header.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    static Map<?, ?> members(String json) {
        if (!(Json.parse(json) instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("the header is no JSON object");
        }
        return members;
    }

    /**
     * The metadata among the members; empty without any.
     *
     * @throws IllegalArgumentException if they are no texts
     */
    static Map<String, String> metadata(Map<?, ?> members) {
        return members.containsKey(METADATA) ? texts(members.get(METADATA)) : Map.of();
    }

    /**
     * The tensors among the members, in the order of their bytes.
     *
     * @param dataBytes bytes that follow the header in the file
     * @throws IllegalArgumentException if they do not cover exactly {@code dataBytes}
     */
    static List<Tensor> tensors(Map<?, ?> members, long dataBytes) {
        var tensors = new ArrayList<Tensor>();
        members.forEach(
                (name, entry) -> {
                    if (!name.equals(METADATA)) {
                        tensors.add(Tensor.of((String) name, entry));
                    }
                });
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long covered = 0;
        for (Tensor t : tensors) {
            if (t.begin() != covered) {
                throw new IllegalArgumentException(
                        "tensor '"
                                + t.name()
                                + (t.begin() < covered ? "' overlaps another" : "' follows a gap"));
            }
            covered = t.end();
        }
        if (covered > dataBytes) {
            throw new IllegalArgumentException(
                    "truncated: " + covered + " bytes of data announced, " + dataBytes + " there");
        }
        if (covered < dataBytes) {
            throw new IllegalArgumentException(dataBytes - covered + " bytes belong to no tensor");
        }
        return tensors;
    }

    private static Map<String, String> texts(Object entry) {
        if (!(entry instanceof Map<?, ?> map)
                || !map.values().stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException(METADATA + " is no map of texts");
        }
        var texts = new LinkedHashMap<String, String>();
        map.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }

    /**
     * The header as JSON, padded with spaces so that with its 8-byte length it fills words of 8.
     */
    String json() {
        var out = new StringBuilder("{").append(Json.quote(METADATA)).append(":{");
        String separator = "";
        for (var e : metadata.entrySet()) {
            out.append(separator).append(Json.quote(e.getKey())).append(':');
            out.append(Json.quote(e.getValue()));
            separator = ",";
        }
        out.append('}');
        for (Tensor t : tensors) {
            out.append(',').append(Json.quote(t.name())).append(":{\"dtype\":\"").append(t.type());
            out.append("\",\"shape\":[").append(t.rows()).append(',').append(t.width());
            out.append("],\"data_offsets\":[").append(t.begin()).append(',').append(t.end());
            out.append("]}");
        }
        out.append('}');
        return out.append(" ".repeat((8 - out.length() % 8) % 8)).toString();
    }
}
