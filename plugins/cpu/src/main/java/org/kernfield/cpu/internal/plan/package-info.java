/**
 * Kernels taken apart before any code is written: lines by the loop they belong to ({@code
 * Levels}), what moves out of a loop ({@code PairPlan}, {@code LinearTerms}), what is known of
 * signs and ranges ({@code Signs}, {@code Guards}), where long programs are cut ({@code Segments}),
 * what it costs. Knows no vectors.
 */
package org.kernfield.cpu.internal.plan;
