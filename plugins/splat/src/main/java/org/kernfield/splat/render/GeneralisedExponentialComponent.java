package org.kernfield.splat.render;

import org.kernfield.splat.Primitive;
import org.osgi.service.component.annotations.Component;

/** The generalised exponential as an OSGi service. */
@Component(service = Primitive.class)
public final class GeneralisedExponentialComponent extends GeneralisedExponential {}
