package org.kernfield.splat.render;

import org.kernfield.splat.Primitive;
import org.osgi.service.component.annotations.Component;

/** The surfel as an OSGi service. */
@Component(service = Primitive.class)
public final class SurfelComponent extends Surfel {}
