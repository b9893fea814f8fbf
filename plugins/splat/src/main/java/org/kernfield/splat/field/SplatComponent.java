package org.kernfield.splat.field;

import org.kernfield.field.Representation;
import org.kernfield.splat.DensityStrategy;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.SplatRenderer;
import org.kernfield.splat.train.Strategies;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The representation as an OSGi service. A strategy that leaves is waited for until the steps under
 * way are done.
 */
@Component(service = Representation.class)
@Capability(namespace = "kernfield.representation", attribute = "name=" + SplatModel.REPRESENTATION)
public final class SplatComponent extends SplatRepresentation {
    private final Strategies strategies;

    @Activate
    public SplatComponent(@Reference SplatRenderer renderer) {
        this(renderer, new Strategies());
    }

    private SplatComponent(SplatRenderer renderer, Strategies strategies) {
        super(renderer, strategies);
        this.strategies = strategies;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeStrategy")
    void addStrategy(DensityStrategy strategy) {
        strategies.add(strategy);
    }

    void removeStrategy(DensityStrategy strategy) {
        strategies.remove(strategy);
    }
}
