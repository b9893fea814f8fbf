package org.kernfield.engine.internal;

/**
 * That a backend is at fault for a failure, until the job passes the same step on another one. If
 * that fails there as well, the fault is the representation's.
 *
 * @param serial of the backend's arrival
 * @param backend its name
 * @param step at which it failed
 * @param why as a few words
 */
record Suspicion(long serial, String backend, long step, String why) {}
