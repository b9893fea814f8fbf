package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.LinearAlgebra;
import org.osgi.service.component.annotations.Component;

/** The cpu's linear algebra as an OSGi service. */
@Component(service = LinearAlgebra.class, property = "service.ranking:Integer=100")
public final class CpuLinearAlgebraComponent extends CpuLinearAlgebra {}
