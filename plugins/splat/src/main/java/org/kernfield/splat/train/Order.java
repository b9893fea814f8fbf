package org.kernfield.splat.train;

import org.kernfield.numerics.CounterRandom;

/**
 * Which photograph a step looks at: all of them in a random order, then all in another one. A
 * function of the step, so that nothing has to be remembered.
 *
 * @param count of photographs, at least 1
 */
record Order(int count, long seed) {
    private static final int STREAM = 0x0DE4;

    int at(long step) {
        int round = Math.toIntExact(step / count);
        int place = (int) (step % count);
        return shuffled(round)[place];
    }

    /** Fisher and Yates's shuffle. */
    private int[] shuffled(int round) {
        var order = new int[count];
        var random = new CounterRandom(seed);
        for (int k = 0; k < count; k++) {
            int other = (int) (random.uniform(round, STREAM, k) * (k + 1));
            order[k] = order[other];
            order[other] = k;
        }
        return order;
    }
}
