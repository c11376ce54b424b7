package dev.muster.web.view;

import static dev.muster.web.view.Boards.board;
import static dev.muster.web.view.Boards.id;
import static dev.muster.web.view.Boards.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.fleet.FleetBoard;
import dev.muster.fleet.Refused;
import dev.muster.session.SessionId;
import java.util.Locale;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RefResolverTest {
    private final FleetBoard board =
            board(
                    session(1, "dev-1", "orders"),
                    session(2, "dev-1", "orders-api"),
                    session(3, "dev-2", "orders-api"),
                    session(4, "dev-2", "web"));

    @Test
    void findsAnExactNameAlsoWhereOthersBeginSo() throws Refused {
        assertThat(found("orders")).isEqualTo(id(1));
    }

    @Test
    void findsAnIdInAnySpellingAndByItsBeginning() throws Refused {
        assertThat(found(id(4).value())).isEqualTo(id(4));
        assertThat(found(id(4).value().toLowerCase(Locale.ROOT))).isEqualTo(id(4));
        assertThat(RefResolver.one("0100", board(session(7, "h", "a"))).id()).isEqualTo(id(7));
    }

    @Test
    void findsANameByItsHostAndByItsBeginning() throws Refused {
        assertThat(found("dev-2/orders-api")).isEqualTo(id(3));
        assertThat(found("dev-2/o")).isEqualTo(id(3));
        assertThat(found("w")).isEqualTo(id(4));
    }

    @Test
    void listsThemWhenItCanMeanSeveral() {
        assertThatThrownBy(() -> found("orders-api"))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(
                        refused -> {
                            assertThat(refused.kind()).isEqualTo(Refused.Kind.NOT_FOUND);
                            assertThat(refused.findings())
                                    .hasSize(2)
                                    .anySatisfy(
                                            line ->
                                                    assertThat(line)
                                                            .startsWith("dev-1/orders-api"));
                        });
    }

    @Test
    void asksWhetherTheNearestWasMeant() {
        assertThatThrownBy(() -> found("wbe"))
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.fix()).contains("`web`"));
    }

    @Test
    void takesAHostsNameAloneForNoSession() {
        assertThatThrownBy(() -> found("dev-2")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> found("")).isInstanceOf(Refused.class);
    }

    private SessionId found(String ref) throws Refused {
        return RefResolver.one(ref, board).id();
    }
}
