package org.kernfield.engine.internal;

import org.kernfield.engine.Blobs;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** A version of the blobs that cannot read a state. */
final class Unreading implements Representation {
    private final Blobs blobs;

    Unreading(Blobs blobs) {
        this.blobs = blobs;
    }

    @Override
    public String name() {
        return blobs.name();
    }

    @Override
    public String label() {
        return blobs.label();
    }

    @Override
    public int version() {
        return blobs.version();
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return blobs.tasks();
    }

    @Override
    public List<Setting<?>> settings() {
        return blobs.settings();
    }

    @Override
    public Field open(Model model) {
        return blobs.open(model);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        Fit own = blobs.begin(task, settings);
        return (Fit)
                Proxy.newProxyInstance(
                        Fit.class.getClassLoader(),
                        new Class<?>[] {Fit.class},
                        (self, method, arguments) -> {
                            if (method.getName().equals("restore")) {
                                throw new IllegalArgumentException("no array 'shapes'");
                            }
                            try {
                                return method.invoke(own, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
