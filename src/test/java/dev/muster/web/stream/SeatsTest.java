package dev.muster.web.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.fleet.access.TokenScope;
import dev.muster.web.gate.Caller;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private static final Caller OWNER = new Caller("ann", TokenScope.OWNER);
    private static final Caller READER = new Caller("token reader", TokenScope.READ);
    private static final Caller ACTOR = new Caller("token actor", TokenScope.ACT);

    private final Seats seats = new Seats(4, 2);

    @Test
    void givesATokenNoMoreThanItsShareAndTheOwnerAllThereIs() throws Exception {
        seats.take(READER);
        seats.take(READER);
        assertThatThrownBy(() -> seats.take(READER))
                .isInstanceOf(Crowded.class)
                .hasMessageContaining("the token reader has 2 event streams open");
        seats.take(OWNER);
        seats.take(OWNER);
        assertThatThrownBy(() -> seats.take(OWNER)).hasMessageContaining("the service has 4");
        assertThatThrownBy(() -> seats.take(ACTOR)).hasMessageContaining("the service has 4");
    }

    @Test
    void takesBackWhatIsLeft() throws Exception {
        for (int i = 0; i < 4; i++) {
            seats.take(OWNER);
        }
        seats.leave(OWNER);
        assertThatCode(() -> seats.take(READER)).doesNotThrowAnyException();
        seats.leave(READER);
        seats.leave(OWNER);
        assertThatCode(() -> seats.take(READER)).doesNotThrowAnyException();
        assertThatCode(() -> seats.take(READER)).doesNotThrowAnyException();
    }
}
