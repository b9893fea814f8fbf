package org.kernfield.splat.train;

import org.kernfield.splat.DensityStrategy;
import org.osgi.service.component.annotations.Component;

/**
 * Doubles splats by the magnitude of the gradient of their centres, which tells large splats over
 * fine detail from those that lie well: there pixels pull to different sides and would cancel.
 *
 * <p>Source: Z. Ye and others, AbsGS: recovering fine details for 3D Gaussian splatting (2024); the
 * threshold is the one usual for it.
 */
@Component(service = DensityStrategy.class)
public final class AbsoluteStrategy extends ThresholdStrategy {
    private static final double THRESHOLD = 8e-4;

    public AbsoluteStrategy() {
        super(THRESHOLD);
    }

    @Override
    public String name() {
        return "absgrad";
    }

    @Override
    public String label() {
        return "clone and split by absolute gradients on the screen";
    }

    @Override
    public boolean watchesGradients() {
        return true;
    }

    @Override
    public boolean watchesMagnitudes() {
        return true;
    }
}
