package org.kernfield.rbf;

import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

import java.util.List;

/** Additive anisotropic Gaussians with trained centres, shapes and colours. */
@Component(service = Representation.class)
@Capability(namespace = "kernfield.representation", attribute = "name=" + RbfRepresentation.NAME)
public final class RbfRepresentation implements Representation {
    static final String NAME = "rbf";
    static final int VERSION = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "sums of trained anisotropic Gaussians";
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of(ImageTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return RbfSettings.ALL;
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        if (!(task instanceof ImageTask(var image))) {
            throw new SettingException(
                    task.name() + ": not a task of " + NAME + "; give a picture");
        }
        return new RbfFit(image, settings);
    }

    @Override
    public Field open(Model model) {
        if (model.version() > VERSION) {
            throw new ModelException(
                    "model: version %d of rbf, but this one reads up to %d; install a newer plugin"
                            .formatted(model.version(), VERSION));
        }
        return new RbfField(model);
    }
}
