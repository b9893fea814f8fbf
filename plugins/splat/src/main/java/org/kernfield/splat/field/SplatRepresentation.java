package org.kernfield.splat.field;

import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Report;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.kernfield.splat.DensityStrategy;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.render.TapeRenderer;
import org.kernfield.splat.train.SmallScene;
import org.kernfield.splat.train.SplatFit;
import org.kernfield.splat.train.Strategies;
import org.kernfield.splat.train.TrainingSettings;

import java.util.List;
import java.util.ServiceLoader;

/** Splats: coloured footprints in space, laid over each other. */
public class SplatRepresentation implements Representation {
    private final SplatRenderer renderer;
    private final Strategies strategies;

    /** With the strategies of the class path. */
    public SplatRepresentation() {
        this(new TapeRenderer(), new Strategies());
        ServiceLoader.load(DensityStrategy.class, SplatRepresentation.class.getClassLoader())
                .forEach(strategies::add);
    }

    /**
     * @param renderer also asked for the primitives of models
     * @param strategies may come and go
     */
    protected SplatRepresentation(SplatRenderer renderer, Strategies strategies) {
        this.renderer = renderer;
        this.strategies = strategies;
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
        return List.of(RadianceTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return TrainingSettings.ALL;
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        if (!(task instanceof RadianceTask photographs)) {
            throw new SettingException(
                    task.name()
                            + ": not a task of "
                            + name()
                            + "; give pictures with their cameras");
        }
        return new SplatFit(photographs, settings, renderer, strategies);
    }

    @Override
    public Task rehearsal() {
        return SmallScene.task();
    }

    @Override
    public Field open(Model model) {
        return new SplatField(SplatModel.of(model), Report.of(model.metadata()), renderer);
    }
}
