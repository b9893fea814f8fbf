package org.kernfield.field;

/** A setting that cannot be used; the message names it, what is wrong and what is allowed. */
public class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }
}
