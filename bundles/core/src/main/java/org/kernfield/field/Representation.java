package org.kernfield.field;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/** A family of fields made of kernels, registered as a service. */
@ConsumerType
public interface Representation {
    /** Short lower-case name, unique among representations, for example {@code rbf}. */
    String name();

    /** A few words for people. */
    String label();

    /** Version of what it writes into models, for example {@code 1}; see {@link #open}. */
    int version();

    /** The tasks it can fit; the first is its favourite. */
    List<Class<? extends Task>> tasks();

    /** What a user may set, in the order in which help lists it. */
    List<Setting<?>> settings();

    /** Seconds of fits that would go on forever, where nobody says how long. */
    double ENDLESS_SECONDS = 20;

    /**
     * Seconds that a fit takes at most where nobody says how long; more than {@link
     * #ENDLESS_SECONDS} only where fits end by themselves, of which it then tells no time left.
     */
    default double usualSeconds() {
        return ENDLESS_SECONDS;
    }

    /**
     * Prepares a fit; cheap, no computing yet.
     *
     * @throws SettingException for settings that do not go together or do not suit the task
     */
    Fit begin(Task task, Settings settings);

    /**
     * A small made-up task whose fit runs the kernels that fits of real ones run. While an input is
     * still being read the engine takes a step towards it, so that a backend that compiles has
     * begun by the time it is needed.
     *
     * @return null where nothing would be gained; the default
     */
    default Task rehearsal() {
        return null;
    }

    /**
     * Opens a fitted model.
     *
     * @throws ModelException if arrays are missing or of a wrong shape, or the model's version is
     *     newer than {@link #version}
     */
    Field open(Model model);
}
