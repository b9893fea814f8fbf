package org.kernfield.splat.field;

import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.render.TapeRenderer;

import java.util.List;

/** Splats: coloured footprints in space, laid over each other. */
public class SplatRepresentation implements Representation {
    private final SplatRenderer renderer;

    public SplatRepresentation() {
        this(new TapeRenderer());
    }

    /** With a renderer that is asked for the primitives of models. */
    protected SplatRepresentation(SplatRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public String name() {
        return SplatModel.REPRESENTATION;
    }

    @Override
    public String label() {
        return "Gaussian splats seen by cameras";
    }

    @Override
    public int version() {
        return SplatModel.VERSION;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        throw new SettingException(
                task.name() + ": not a task of " + name() + "; give pictures with their cameras");
    }

    @Override
    public Field open(Model model) {
        return new SplatField(SplatModel.of(model), renderer);
    }
}
