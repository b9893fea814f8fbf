package org.kernfield.gp.model;

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

/** Gaussian processes: tables, with how sure it is of each answer. */
@Component(service = Representation.class)
@Capability(namespace = "kernfield.representation", attribute = "name=" + GpRepresentation.NAME)
public final class GpRepresentation implements Representation {
    static final String NAME = "gp";
    static final int VERSION = 2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "Gaussian process";
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
        return GpSettings.ALL;
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
        return new GpFit(table, settings);
    }

    @Override
    public Field open(Model model) {
        if (model.version() > VERSION) {
            throw new ModelException(
                    "model: version %d of gp, but this one reads up to %d; install a newer plugin"
                            .formatted(model.version(), VERSION));
        }
        return ModelArrays.open(model);
    }
}
