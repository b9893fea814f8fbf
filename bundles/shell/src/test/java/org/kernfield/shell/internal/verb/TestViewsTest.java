package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class TestViewsTest {
    private static List<String> names(String... pictures) {
        return TestViews.names(List.of(pictures));
    }

    @Test
    void callsPicturesByTheLastPartOfTheirPath() {
        assertThat(names("images/a.b.jpg", "c.png", ".d")).containsExactly("a.b", "c", ".d");
    }

    @Test
    void keepsThePathWhereTheLastPartIsShared() {
        assertThat(names("cam1/0001.jpg", "../cam2/0001.JPG", "cam1/0002.jpg"))
                .containsExactly("cam1_0001", "cam2_0001", "0002");
    }

    @Test
    void neverGivesANameTwice() {
        assertThat(names("a/1.jpg", "a/1.png", "b/A_1.jpg"))
                .containsExactly("a_1", "a_1_2", "A_1_3");
    }
}
