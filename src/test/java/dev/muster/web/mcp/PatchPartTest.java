package dev.muster.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PatchPartTest {
    private static final String PATCH =
            """
            diff --git a/README b/README
            --- a/README
            +++ b/README
            @@ -1 +1,2 @@
             hello
            +diff --git a/src/x b/src/x
            diff --git a/src/a b/src/a
            +one
            diff --git a/src/ab.txt b/src/ab.txt
            +two
            diff --git "a/src/\\303\\244" "b/src/\\303\\244"
            +three
            """;

    @Test
    void findsOneFileOrAFolder() {
        assertThat(PatchPart.of(PATCH, "README"))
                .startsWith("diff --git a/README")
                .endsWith("b/src/x\n");
        assertThat(PatchPart.of(PATCH, "src/a")).isEqualTo("diff --git a/src/a b/src/a\n+one\n");
        assertThat(PatchPart.of(PATCH, "src"))
                .contains("+one", "+two", "+three")
                .doesNotContain("hello");
        assertThat(PatchPart.of(PATCH, "nowhere")).isEmpty();
        assertThat(PatchPart.of("", "x")).isEmpty();
    }

    @Property
    void givesAllOfItInParts(@ForAll @IntRange(min = 2, max = 400) int room) {
        StringBuilder all = new StringBuilder();
        int offset = 0;
        while (offset >= 0) {
            PatchPart part = PatchPart.from(PATCH, offset, room);
            assertThat(part.text().length()).isBetween(1, room);
            all.append(part.text());
            offset = part.next();
        }
        assertThat(all).hasToString(PATCH);
    }

    @Test
    void endsAtTheEndOfALine() {
        assertThat(PatchPart.from("one\ntwo\nthree\n", 0, 10))
                .isEqualTo(new PatchPart("one\ntwo\n", 8));
        assertThat(PatchPart.from("one\ntwo\n", 99, 10)).isEqualTo(new PatchPart("", -1));
    }
}
