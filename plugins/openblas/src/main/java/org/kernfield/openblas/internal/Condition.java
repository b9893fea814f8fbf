package org.kernfield.openblas.internal;

/** How this plugin is, in one sentence; it changes as the plugin goes on. */
final class Condition {
    private volatile State state;

    /**
     * @param isWell whether nothing is to be done
     * @param sentence what was found; {@code <what is wrong>; <what to do>} where it is not well
     */
    record State(boolean isWell, String sentence) {}

    Condition(boolean isWell, String sentence) {
        become(isWell, sentence);
    }

    void become(boolean isWell, String sentence) {
        state = new State(isWell, sentence);
    }

    State now() {
        return state;
    }
}
