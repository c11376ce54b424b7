package dev.muster.cli;

import dev.muster.demo.Demo;
import java.util.List;

/// What a person can do with a demo, in another terminal.
final class DemoHints {
    private DemoHints() {}

    /// While the sessions work.
    static List<String> meanwhile(Demo demo) {
        String way = "In another terminal:  . " + demo.folder().env();
        return demo.agent().ends()
                ? List.of(way, "                      muster attach archive-orders")
                : List.of(way + "; muster attach dark-mode", "Ctrl-C ends the demo.");
    }

    /// When they have ended.
    static List<String> over(Demo demo) {
        return List.of(
                "All done. Look further, in another terminal:",
                "",
                "  . " + demo.folder().env(),
                "  muster log orders-pages            what happened, step by step",
                "  muster diff archive-orders         what its agent changed",
                "  muster peek dark-mode              what is on its screen",
                "  muster start dev-1:api \"An idea\"   one more; it comes up on this board",
                "  muster hosts                       the machines",
                "",
                "Ctrl-C ends the demo and removes all that it made.");
    }
}
