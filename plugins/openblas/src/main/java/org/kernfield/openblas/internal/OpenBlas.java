package org.kernfield.openblas.internal;

import org.kernfield.numerics.lapack.AlgebraSelfCheck;
import org.kernfield.numerics.lapack.LapackAlgebra;
import org.kernfield.numerics.lapack.NativeLibrary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An OpenBLAS that was found and has passed its check.
 *
 * @param library to be closed when it is no longer wanted
 * @param algebra on it
 */
record OpenBlas(NativeLibrary library, LapackAlgebra algebra) implements AutoCloseable {
    static final String NAME = "openblas";

    /** Above the cpu's, which is pure Java. */
    static final int RANKING = 200;

    /**
     * The first library of the search that computes what it should.
     *
     * @throws IllegalStateException in one sentence with what was wrong at each place
     */
    static OpenBlas find(LibrarySearch search) {
        return find(search.places());
    }

    /** As {@link #find(LibrarySearch)}, at these places. */
    static OpenBlas find(List<LibrarySearch.Place> places) {
        if (places.isEmpty()) {
            throw new IllegalStateException(
                    "openblas: turned off; unset " + LibrarySearch.VARIABLE + " to use it");
        }
        var faults = new ArrayList<String>();
        for (LibrarySearch.Place place : places) {
            try {
                return checked(place);
            } catch (RuntimeException e) {
                faults.add(fault(place, e));
            }
        }
        throw new IllegalStateException(
                "openblas: %s; install libopenblas0-pthread, or set %s to a library's path"
                        .formatted(String.join(", ", faults), LibrarySearch.VARIABLE));
    }

    private static String fault(LibrarySearch.Place place, RuntimeException e) {
        if (e instanceof IllegalCallerException) {
            return "native access is not allowed (start java with"
                    + " --enable-native-access=ALL-UNNAMED)";
        }
        String words = e.getMessage() == null ? e.toString() : e.getMessage();
        return words.contains(place.name()) ? words : place.name() + " " + words;
    }

    private static OpenBlas checked(LibrarySearch.Place place) {
        NativeLibrary library = place.library().get();
        try {
            var algebra = new LapackAlgebra(NAME, RANKING, library);
            Optional<String> fault = AlgebraSelfCheck.fault(algebra);
            if (fault.isPresent()) {
                throw new IllegalStateException("computes wrong numbers: " + fault.get());
            }
            return new OpenBlas(library, algebra);
        } catch (RuntimeException | Error e) {
            library.close();
            throw e;
        }
    }

    @Override
    public void close() {
        library.close();
    }
}
