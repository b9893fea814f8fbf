package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Representation;
import org.kernfield.reference.ReferenceBackend;

import java.util.Map;

/** An honest representation keeps the contract, and one that forgets is found out. */
class BlobsTest extends RepresentationContract {
    @Override
    protected Representation representation() {
        return new Blobs();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("rate", "0.5");
    }

    @Test
    void findsStateThatLacksSomething() {
        var forgetful = new Blobs();
        forgetful.forgetsMomentum = true;
        var checks =
                new RepresentationChecks(forgetful, new ImageTask(picture(9, 9, 1)), settings(), 4);
        assertThatThrownBy(() -> checks.goesOnFromItsState(new ReferenceBackend()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("resumed");
    }
}
