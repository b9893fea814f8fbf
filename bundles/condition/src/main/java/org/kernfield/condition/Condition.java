package org.kernfield.condition;

import org.osgi.framework.BundleContext;

/** How a plugin is, in one sentence; it changes as the plugin goes on. */
public final class Condition {
    private volatile State state;

    /**
     * @param isWell whether nothing is to be done
     * @param sentence what was found; {@code <what is wrong>; <what to do>} where it is not well
     */
    record State(boolean isWell, String sentence) {}

    /**
     * @param isWell whether nothing is to be done
     * @param sentence what was found; {@code <what is wrong>; <what to do>} where it is not well
     */
    public Condition(boolean isWell, String sentence) {
        become(isWell, sentence);
    }

    /** From now on; the arguments are those of the constructor. */
    public void become(boolean isWell, String sentence) {
        state = new State(isWell, sentence);
    }

    State now() {
        return state;
    }

    /**
     * Lets whoever asks for Felix Health Checks know, for example the doctor, until the bundle
     * stops. Where they are not installed nobody asks, and nothing happens.
     *
     * @param name of the check
     */
    public void tell(BundleContext context, String name) {
        try {
            ConditionCheck.register(context, name, this);
        } catch (NoClassDefFoundError e) {
            // Felix Health Checks are not installed
        }
    }
}
