/**
 * OpenBLAS as linear algebra that comes and goes. {@link LibrarySearch} says where a library is
 * looked for, {@link OpenBlas} is one that was found and computes what it should.
 */
package org.kernfield.openblas.internal;
