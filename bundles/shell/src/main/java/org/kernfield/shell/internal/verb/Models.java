package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.Plugin;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.Path;

/** Models from files. */
final class Models {
    private Models() {}

    /**
     * Opens a model whose representation is here. A handle would wait for one that is not, which
     * does not help a command.
     *
     * @throws Failure if it is not
     */
    static FieldHandle open(Engine engine, Path file) throws IOException {
        FieldHandle field = engine.open(file);
        String name = field.model().representation();
        if (engine.representations().stream().map(Plugin::name).noneMatch(name::equals)) {
            throw Failure.refused(
                    file.toString(),
                    "the representation of this model, " + name + ", is not here",
                    "install its plugin, or see ./kernfield plugins for why it does not run");
        }
        return field;
    }
}
