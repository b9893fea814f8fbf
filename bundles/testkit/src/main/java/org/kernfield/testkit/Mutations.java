package org.kernfield.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Damaged copies of files, ever more of them: a copy that was answered in a new way becomes one
 * that is damaged further, so that the search finds its way past the first checks of a reader.
 */
public final class Mutations {
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        0x7FFFFFFFL,
        0x80000000L,
        0xFFFFFFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x00FFFFFFL
    };
    private static final List<String> WORDS =
            List.of(
                    "0",
                    "-1",
                    "99999999999",
                    "2147483648",
                    "1e999",
                    "NaN",
                    "",
                    "{",
                    "]",
                    "\"",
                    "0.5");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Texts, and headers of texts, are looked for in so many bytes. */
    private static final int HEADER = 4096;

    private static final int LARGEST = 1 << 18;

    private final List<byte[]> corpus = new ArrayList<>();
    private final Set<String> answers = new HashSet<>();
    private final SplittableRandom random;

    /**
     * @param samples valid files
     * @param seed of the damage
     */
    public Mutations(List<byte[]> samples, long seed) {
        corpus.addAll(samples);
        random = new SplittableRandom(seed);
    }

    /** The next damaged copy, of at most 256 KiB. */
    public byte[] next() {
        byte[] bytes = corpus.get(random.nextInt(corpus.size()));
        for (int k = 1 + random.nextInt(4); k > 0; k--) {
            bytes = damaged(bytes);
        }
        return bytes.length > LARGEST ? Arrays.copyOf(bytes, LARGEST) : bytes;
    }

    /** Keeps {@code bytes} for further damage if nothing has been answered in this way before. */
    public void note(byte[] bytes, String answer) {
        if (answers.add(NUMBER.matcher(answer).replaceAll("#"))) {
            corpus.add(bytes);
        }
    }

    /** Different answers so far. */
    public int answers() {
        return answers.size();
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes);
            case 1 -> claimed(bytes);
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 3 -> without(bytes);
            case 4 -> doubled(bytes);
            case 5 -> spliced(bytes);
            default -> reworded(bytes);
        };
    }

    private int place(byte[] bytes) {
        return random.nextInt(
                random.nextBoolean() ? bytes.length : Math.min(bytes.length, HEADER / 16));
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[place(copy)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private byte[] claimed(byte[] bytes) {
        byte[] copy = bytes.clone();
        long number = NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(-1, 2);
        int width = 1 << random.nextInt(4);
        boolean isBig = random.nextBoolean();
        int at = place(copy);
        for (int k = 0; k < width && at + k < copy.length; k++) {
            copy[at + k] = (byte) (number >>> Byte.SIZE * (isBig ? width - 1 - k : k));
        }
        return copy;
    }

    private byte[] without(byte[] bytes) {
        int from = place(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
        return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private byte[] doubled(byte[] bytes) {
        int from = place(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(256));
        return joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private byte[] spliced(byte[] bytes) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = random.nextInt(other.length + 1);
        return joined(
                Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)),
                Arrays.copyOfRange(other, from, other.length));
    }

    /** Another number, or something else, in place of a number of a text. */
    private byte[] reworded(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> numbers =
                NUMBER.matcher(text.substring(0, Math.min(HEADER, text.length())))
                        .results()
                        .toList();
        if (numbers.isEmpty()) {
            return flipped(bytes);
        }
        MatchResult number = numbers.get(random.nextInt(numbers.size()));
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return (text.substring(0, number.start()) + word + text.substring(number.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
