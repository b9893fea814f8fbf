package org.kernfield.splat.train;

/**
 * What one step looks at.
 *
 * @param photograph its number
 * @param halvings how many times photographs are halved
 * @param background red, green and blue behind everything
 * @param measures whether the loss is wanted
 */
record Pass(int photograph, int halvings, double[] background, boolean measures) {}
