package org.kernfield.backend;

/**
 * What a session may use.
 *
 * @param workers threads, owned by the engine
 * @param budget memory
 * @param cancel polled at tile granularity
 */
public record Resources(Workers workers, Budget budget, CancelToken cancel) {}
