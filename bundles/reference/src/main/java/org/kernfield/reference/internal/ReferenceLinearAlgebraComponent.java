package org.kernfield.reference.internal;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.reference.ReferenceLinearAlgebra;
import org.osgi.service.component.annotations.Component;

/** The reference linear algebra as an OSGi service. */
@Component(service = LinearAlgebra.class, property = "service.ranking:Integer=-100")
public final class ReferenceLinearAlgebraComponent extends ReferenceLinearAlgebra {}
