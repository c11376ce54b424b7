package dev.muster.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.tmux.HubNews.Pane;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubNewsTest {
    @Test
    void tellsWhichPanesLiveAndWhereSomethingWasLost() {
        assertThat(HubNews.parse("panes A=0|;B=1|;C=0|1;hub-x=0|;"))
                .contains(
                        new HubNews.Panes(
                                Map.of(
                                        "A", new Pane(false, false),
                                        "B", new Pane(true, false),
                                        "C", new Pane(false, true),
                                        "hub-x", new Pane(false, false))));
    }

    @Test
    void tellsWhenASessionLastWroteToItsScreen() {
        assertThat(HubNews.parse("active A=17643084;hub-x=17643085;"))
                .contains(new HubNews.Active(Map.of("A", "17643084", "hub-x", "17643085")));
    }

    @Test
    void knowsALookThatFoundNothingNew() {
        assertThat(HubNews.parse("alive")).contains(new HubNews.Alive());
    }

    @Test
    void passesOverWhatIsNoNews() {
        assertThat(HubNews.parse("")).isEmpty();
        assertThat(HubNews.parse("Welcome to dev-1!")).isEmpty();
        assertThat(HubNews.parse("panes garbage;=1|;")).contains(new HubNews.Panes(Map.of()));
    }
}
