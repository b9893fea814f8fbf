package org.kernfield.splat.render;

import org.kernfield.splat.Primitive;
import org.kernfield.splat.SplatRenderer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import java.util.List;

/** The renderer as an OSGi service, with the primitives of the registry. */
@Component(service = SplatRenderer.class)
public final class SplatRendererComponent extends TapeRenderer {
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    private volatile List<Primitive> registered = List.of();

    @Override
    protected List<Primitive> primitives() {
        return registered;
    }
}
