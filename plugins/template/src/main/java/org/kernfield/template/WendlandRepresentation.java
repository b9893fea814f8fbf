package org.kernfield.template;

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

/** The service: says what there is to set, begins fits and opens models. */
@Component(service = Representation.class)
@Capability(
        namespace = "kernfield.representation",
        attribute = "name=" + WendlandRepresentation.NAME)
public final class WendlandRepresentation implements Representation {
    static final String NAME = "wendland";
    static final int VERSION = 1;

    static final Setting<Long> KERNELS =
            Setting.integer(
                    "kernels", null, 1, 10_000_000, "", "Number of kernels; one for 8 pixels.");
    static final Setting<Long> PARAMETERS =
            Setting.integer("parameters", null, 1, 100_000_000, "", "Numbers in the model, about.");
    static final Setting<Double> OVERLAP =
            Setting.number(
                    "overlap", 3.0, 1, 8, "", "Radius of a kernel in distances between kernels.");
    static final Setting<Long> SEED =
            Setting.integer("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE, "", "Start of the jitter.");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "Wendland functions on a jittered grid";
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
        return List.of(KERNELS, PARAMETERS, OVERLAP, SEED);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        if (!(task instanceof ImageTask(var image))) {
            throw new SettingException(
                    task.name() + ": not a task of " + NAME + "; give a picture");
        }
        return new WendlandFit(image, Grid.of(image, settings));
    }

    @Override
    public Field open(Model model) {
        if (model.version() > VERSION) {
            throw new ModelException(
                    "model: version "
                            + model.version()
                            + " of "
                            + NAME
                            + "; this plugin reads up to "
                            + VERSION
                            + ", so install a newer one");
        }
        return new WendlandField(model);
    }
}
