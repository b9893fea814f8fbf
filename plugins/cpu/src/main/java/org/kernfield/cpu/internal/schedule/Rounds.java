package org.kernfield.cpu.internal.schedule;

/**
 * All pairs of some strips in rounds, in each of which a strip occurs once at most, so that the
 * pairs of a round can be worked on side by side: a tournament in which everybody meets everybody.
 *
 * @param strips how many
 */
record Rounds(int strips) {
    /** Rounds in all. */
    int count() {
        return players() - 1;
    }

    /** Pairs of a round, of which one may be nobody's. */
    int pairs() {
        return players() / 2;
    }

    /** An even number, the last of which may be nobody. */
    private int players() {
        return strips + strips % 2;
    }

    /** The lower strip of a pair. */
    int lower(int round, int pair) {
        return Math.min(one(round, pair), other(round, pair));
    }

    /** The higher strip of a pair; {@link #strips} where it is nobody. */
    int higher(int round, int pair) {
        return Math.max(one(round, pair), other(round, pair));
    }

    /** The last player stays, the others go round. */
    private int one(int round, int pair) {
        return pair == 0 ? count() : (round + pair) % count();
    }

    private int other(int round, int pair) {
        return pair == 0 ? round : (round - pair + count()) % count();
    }
}
