package org.kernfield.testkit;

import org.kernfield.backend.Backend;
import org.kernfield.field.Representation;

import java.util.List;
import java.util.Map;

/** An honest representation keeps the contract. */
class BlobsTest extends RepresentationContract {
    @Override
    protected Representation representation() {
        return new Blobs();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("rate", "0.5");
    }

    @Override
    protected List<Backend> backends() {
        return List.of(new Well());
    }
}
