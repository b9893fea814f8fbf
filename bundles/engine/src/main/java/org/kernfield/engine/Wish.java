package org.kernfield.engine;

/**
 * What somebody asks of a running job, in this process or another.
 *
 * @param kind what it is to do
 * @param backend where to move; null unless {@link Kind#SWAP}
 */
public record Wish(Kind kind, String backend) {
    /** What a job can be asked for. */
    public enum Kind {
        /** To stop after its step and keep its place; another wish lets it go on. */
        PAUSE,
        /** To go on after a pause. */
        PROCEED,
        /** To stop after its step, with a checkpoint to resume from. */
        CANCEL,
        /** To move to another backend after its step. */
        SWAP
    }

    public static Wish pause() {
        return new Wish(Kind.PAUSE, null);
    }

    public static Wish proceed() {
        return new Wish(Kind.PROCEED, null);
    }

    public static Wish cancel() {
        return new Wish(Kind.CANCEL, null);
    }

    public static Wish swap(String backend) {
        return new Wish(Kind.SWAP, backend);
    }
}
