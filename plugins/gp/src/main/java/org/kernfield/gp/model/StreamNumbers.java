package org.kernfield.gp.model;

import org.kernfield.gp.RandomNumbers;
import org.kernfield.numerics.CounterRandom;

/** The numbers of one stream, one after the other; the same for the same seed and stream. */
final class StreamNumbers implements RandomNumbers {
    /** Apart from what else is drawn with the same seed. */
    private static final int PURPOSE = 7;

    private final CounterRandom random;
    private final int stream;
    private long next;

    StreamNumbers(long seed, int stream) {
        this.random = new CounterRandom(seed);
        this.stream = stream;
    }

    @Override
    public double uniform() {
        double drawn = random.uniform(PURPOSE, stream, next++);
        return drawn > 0 ? drawn : uniform();
    }

    @Override
    public double normal() {
        return random.normal(PURPOSE, stream, next++);
    }
}
