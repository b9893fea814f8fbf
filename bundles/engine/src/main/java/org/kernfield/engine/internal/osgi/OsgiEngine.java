package org.kernfield.engine.internal.osgi;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.engine.Engine;
import org.kernfield.engine.internal.FieldEngine;
import org.kernfield.engine.internal.PlainEngine;
import org.kernfield.field.Representation;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import java.nio.file.Path;

/**
 * The engine as a service, fed with plugins by the service registry. An unbind method blocks until
 * the work on the leaving service has moved: that is the quiesce.
 */
@Component(service = Engine.class, immediate = true)
public final class OsgiEngine extends FieldEngine {
    /** Framework property with the user's directory, set by the launcher. */
    private static final String HOME = "kernfield.home";

    @Activate
    public OsgiEngine(BundleContext context) {
        super(home(context.getProperty(HOME)));
    }

    private static Path home(String given) {
        return given == null ? PlainEngine.defaultHome() : Path.of(given);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeBackend")
    void addBackend(Backend backend) {
        add(backend);
    }

    void removeBackend(Backend backend) {
        remove(backend);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeLinearAlgebra")
    void addLinearAlgebra(LinearAlgebra algebra) {
        add(algebra);
    }

    void removeLinearAlgebra(LinearAlgebra algebra) {
        remove(algebra);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeRepresentation")
    void addRepresentation(Representation representation) {
        add(representation);
    }

    void removeRepresentation(Representation representation) {
        remove(representation);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeCodec")
    void addCodec(Codec<?> codec) {
        add(codec);
    }

    void removeCodec(Codec<?> codec) {
        remove(codec);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeReader")
    void addReader(TaskReader reader) {
        add(reader);
    }

    void removeReader(TaskReader reader) {
        remove(reader);
    }

    @Deactivate
    void stop() {
        close();
    }
}
