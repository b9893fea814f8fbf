package org.kernfield.shell.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemediesTest {
    @Test
    void aPluginForAnotherVersionIsToldOfWhat() {
        assertThat(
                        Remedies.of(
                                "needs the package org.kernfield.field version>=7.1, while"
                                        + " Kernfield core has version 0.1.0"))
                .isEqualTo(
                        "it was built for another version of Kernfield core; take its jar for"
                                + " 0.1.0, or remove it");
    }

    @Test
    void aPluginThatLacksSomethingWantsIt() {
        assertThat(Remedies.of("needs the package a.b, which nothing here provides"))
                .isEqualTo("add what it needs, or remove its jar");
    }
}
