package dev.muster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.session.AttachCommand.Mode;
import org.junit.jupiter.api.Test;

class AttachCommandTest {
    @Test
    void isAConstantButForTheIdAndTheMode() {
        SessionId id = new SessionId("01ABCDEFGHJKMNPQRSTVWXYZ00");

        assertThat(AttachCommand.of(id, Mode.READ_ONLY, 0))
                .isEqualTo(
                        "exec /bin/sh -c 'for d in \"${XDG_STATE_HOME:-$HOME/.local/state}\""
                                + "/muster/*/sessions/01ABCDEFGHJKMNPQRSTVWXYZ00;"
                                + " do exec /bin/sh \"$d/attach\" ro 0; done'");
        assertThat(AttachCommand.of(id, Mode.READ_WRITE, 0)).contains("/attach\" rw 0;");
        assertThat(AttachCommand.of(id, Mode.JOIN, 2000)).contains("/attach\" join 2000;");
        assertThat(AttachCommand.of(id, Mode.SHELL, 0)).contains("/attach\" shell 0;");
    }
}
