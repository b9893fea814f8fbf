package org.kernfield.field;

/**
 * Something that a fit needs beside its representation, and that its settings name, is not there at
 * the moment. Thrown by {@link Representation#begin}, and by {@link Fit#step} before the step has
 * changed anything: a fit that is under way stands still, and the step is asked for again until it
 * succeeds.
 */
public final class AbsentException extends SettingException {
    private static final long serialVersionUID = 1L;

    private final String what;

    /**
     * @param what the setting and what is not there, for example {@code strategy = mcmc: is not
     *     here}
     * @param remedy what to do
     */
    public AbsentException(String what, String remedy) {
        super(what + "; " + remedy);
        this.what = what;
    }

    /** The message without what to do. */
    public String what() {
        return what;
    }
}
