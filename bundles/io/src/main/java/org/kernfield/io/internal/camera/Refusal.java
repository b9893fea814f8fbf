package org.kernfield.io.internal.camera;

/** What a description says well enough, but is not read. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param what is not read
     * @param advice what to do about it
     */
    Refusal(String what, String advice) {
        super(what + "; " + advice);
    }

    /** Of a camera. */
    static Refusal ofModel(String name) {
        return new Refusal(
                "the camera model " + name + " is not read", "undistort the pictures first");
    }

    /**
     * Refuses numbers that are none.
     *
     * @param who has them, for the message
     */
    static void unlessFinite(String who, double... numbers) {
        for (int k = 0; k < numbers.length; k++) {
            if (!Double.isFinite(numbers[k])) {
                throw new Refusal(
                        "%s has %s as number %d".formatted(who, numbers[k], k + 1),
                        "leave that picture out, or mend its numbers");
            }
        }
    }
}
