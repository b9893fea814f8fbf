package org.kernfield.reference.internal;

import org.kernfield.backend.Backend;
import org.kernfield.reference.ReferenceBackend;
import org.osgi.service.component.annotations.Component;

/** The reference backend as an OSGi service. */
@Component(service = Backend.class, property = Backend.RANKING + ":Integer=-100")
public final class ReferenceComponent extends ReferenceBackend {}
