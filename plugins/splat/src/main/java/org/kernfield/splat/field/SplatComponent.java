package org.kernfield.splat.field;

import org.kernfield.field.Representation;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The representation as an OSGi service. */
@Component(service = Representation.class)
@Capability(namespace = "kernfield.representation", attribute = "name=" + SplatModel.REPRESENTATION)
public final class SplatComponent extends SplatRepresentation {
    @Activate
    public SplatComponent(@Reference SplatRenderer renderer) {
        super(renderer);
    }
}
