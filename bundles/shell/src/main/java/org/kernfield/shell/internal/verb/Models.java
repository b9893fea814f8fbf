package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Predictive;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.splat.SplatModel;

import java.io.IOException;
import java.nio.file.Path;

/** Models from files. */
final class Models {
    private Models() {}

    /** Opens a model, or a file of splats as if they had been fitted. */
    static FieldHandle orScene(Engine engine, Path file, Surroundings surroundings)
            throws IOException {
        if (Formats.of(file, surroundings).type() != Splats.class) {
            return open(engine, file);
        }
        return scene(engine, engine.read(file, Splats.class), file);
    }

    /**
     * Opens splats.
     *
     * @param file they come from, for messages
     * @throws Failure if no representation of splats is here
     */
    static FieldHandle scene(Engine engine, Splats splats, Path file) throws IOException {
        return present(engine, engine.open(SplatModel.of(splats).model()), file);
    }

    /**
     * Opens a model whose representation is here. A handle would wait for one that is not, which
     * does not help a command.
     *
     * @throws Failure if it is not
     */
    static FieldHandle open(Engine engine, Path file) throws IOException {
        return present(engine, engine.open(file), file);
    }

    /**
     * Opens a model that says how sure it is.
     *
     * @param ability what else is wanted of it
     * @throws Failure if it has not got it
     */
    static FieldHandle predictive(Engine engine, Path file, Class<?> ability) throws IOException {
        FieldHandle field = open(engine, file);
        if (!field.can(Predictive.class) || !field.can(ability)) {
            throw Failure.refused(
                    file.toString(),
                    "a model of " + field.model().representation() + ", which has no error bars",
                    "give a model that was fitted to a table, for example with --as gp");
        }
        return field;
    }

    private static FieldHandle present(Engine engine, FieldHandle field, Path file) {
        String name = field.model().representation();
        if (!engine.awaitUpdate(name, null)) {
            throw Failure.refused(
                    file.toString(),
                    "the representation of this model, " + name + ", is not here",
                    "install its plugin, or see ./kernfield plugins for why it does not run");
        }
        return field;
    }
}
