package org.kernfield.gp.kde;

import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.field.Task;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

import java.util.List;

/** The joint density of all columns of a table. */
@Component(service = Representation.class)
@Capability(namespace = "kernfield.representation", attribute = "name=" + KdeRepresentation.NAME)
public final class KdeRepresentation implements Representation {
    static final String NAME = "kde";
    static final int VERSION = 1;
    static final String LIKELIHOOD = "likelihood";
    static final String PLUG_IN = "plugin";
    static final String NORMAL = "normal";

    static final Setting<String> BANDWIDTH =
            Setting.choice(
                    "bandwidth",
                    LIKELIHOOD,
                    List.of(LIKELIHOOD, PLUG_IN, NORMAL),
                    "One for each column, of the largest likelihood of each row given the others;"
                            + " by estimates of the roughness of each column (plugin); or as is"
                            + " best for normal data.");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "kernel density";
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of(TableTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(BANDWIDTH);
    }

    @Override
    public double usualSeconds() {
        return 3600;
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        if (!(task instanceof TableTask table)) {
            throw new SettingException(task.name() + ": not a task of " + NAME + "; give a table");
        }
        return new KdeFit(Columns.of(table), settings.get(BANDWIDTH));
    }

    @Override
    public Field open(Model model) {
        if (model.version() > VERSION) {
            throw new ModelException(
                    "model: version %d of kde, but this one reads up to %d; install a newer plugin"
                            .formatted(model.version(), VERSION));
        }
        return new KdeField(model);
    }
}
