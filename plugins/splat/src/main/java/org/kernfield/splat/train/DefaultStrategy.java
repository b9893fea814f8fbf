package org.kernfield.splat.train;

import org.kernfield.splat.DensityStrategy;
import org.osgi.service.component.annotations.Component;

/** Doubles splats by the norm of the gradient of their centres. */
@Component(service = DensityStrategy.class)
public final class DefaultStrategy extends ThresholdStrategy {
    private static final double THRESHOLD = 2e-4;

    public DefaultStrategy() {
        super(THRESHOLD);
    }

    @Override
    public String name() {
        return "default";
    }

    @Override
    public String label() {
        return "clone and split by gradients on the screen";
    }

    @Override
    public boolean watchesGradients() {
        return true;
    }
}
