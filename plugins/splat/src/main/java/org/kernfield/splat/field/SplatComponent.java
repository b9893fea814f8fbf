package org.kernfield.splat.field;

import org.kernfield.field.Representation;
import org.kernfield.splat.DensityStrategy;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import java.util.List;

/** The representation as an OSGi service. */
@Component(service = Representation.class)
@Capability(namespace = "kernfield.representation", attribute = "name=" + SplatModel.REPRESENTATION)
public final class SplatComponent extends SplatRepresentation {
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    private volatile List<DensityStrategy> registered = List.of();

    @Activate
    public SplatComponent(@Reference SplatRenderer renderer) {
        super(renderer);
    }

    @Override
    protected List<DensityStrategy> strategies() {
        return registered;
    }
}
