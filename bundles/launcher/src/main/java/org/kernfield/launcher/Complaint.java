package org.kernfield.launcher;

import java.io.PrintStream;
import java.util.Arrays;

/**
 * What the launcher says when no command ran: a line for people and, where {@code --json} is among
 * the arguments, the object that a script then waits for.
 *
 * @param sentence on one line
 */
record Complaint(String sentence) {

    private static final String JSON = "--json";

    Complaint {
        sentence = sentence.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    void print(String[] args, PrintStream out, PrintStream err) {
        if (asksForJson(args)) {
            out.println(json());
            out.flush();
        }
        err.println("kernfield: " + sentence);
        err.flush();
    }

    private static boolean asksForJson(String[] args) {
        return Arrays.stream(args)
                .takeWhile(word -> !word.equals("--"))
                .anyMatch(word -> word.equals(JSON) || word.equals(JSON + "=true"));
    }

    /** The object of a command that failed, in ASCII. */
    String json() {
        var text = new StringBuilder("{\"error\": \"");
        for (int k = 0; k < sentence.length(); k++) {
            char c = sentence.charAt(k);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.append("\"}").toString();
    }
}
