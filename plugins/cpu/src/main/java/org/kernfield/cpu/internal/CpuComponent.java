package org.kernfield.cpu.internal;

import org.kernfield.backend.Backend;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The cpu backend as an OSGi service. */
@Component(service = Backend.class, property = Backend.RANKING + ":Integer=100")
@Capability(namespace = "kernfield.backend", attribute = "name=cpu")
public final class CpuComponent extends CpuBackend {
    @Activate
    void start() {
        checkSpeed();
    }

    @Deactivate
    void stop() {
        close();
    }
}
