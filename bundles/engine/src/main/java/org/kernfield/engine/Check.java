package org.kernfield.engine;

/**
 * One thing looked at, for people.
 *
 * @param check what was looked at
 * @param ok whether it is well
 * @param why what was found
 * @param remedy what to do; empty when it is well
 */
public record Check(String check, boolean ok, String why, String remedy) {
    /** A check that found nothing to mend. */
    public static Check good(String check, String why) {
        return new Check(check, true, why, "");
    }

    /** A check that found something to mend. */
    public static Check bad(String check, String why, String remedy) {
        return new Check(check, false, why, remedy);
    }
}
