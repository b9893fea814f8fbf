package org.kernfield.splat.train;

import org.kernfield.field.Nearest;
import org.kernfield.field.SettingException;
import org.kernfield.splat.DensityStrategy;

import java.util.List;
import java.util.function.Supplier;

/**
 * The density strategies that are there at the moment.
 *
 * @param there looks them up
 */
public record Strategies(Supplier<List<DensityStrategy>> there) {
    /** Stands in for one that has left, so that a training goes on: it changes nothing. */
    private static final DensityStrategy NONE = new Unchanging();

    /**
     * @throws SettingException naming those that are there, if that is not
     */
    void require(String name) {
        var names = there.get().stream().map(DensityStrategy::name).toList();
        if (!names.contains(name)) {
            throw new SettingException(
                    "strategy = " + name + ": is not here; " + Nearest.suggestion(name, names));
        }
    }

    /** The strategy of a name; one that leaves the splats alone while that is away. */
    DensityStrategy named(String name) {
        return there.get().stream().filter(s -> s.name().equals(name)).findFirst().orElse(NONE);
    }
}
