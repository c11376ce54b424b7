package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The page in a real browser: how soon it is there, and how soon it shows what happens on a host.
/// What the browser does stands in `src/main/webui/e2e/measure.mjs`.
final class PageTimes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path WEBUI = Path.of("src/main/webui").toAbsolutePath();

    private final Report report;
    private final BenchService service;

    PageTimes(Report report, BenchService service) {
        this.report = report;
        this.service = service;
    }

    /// @param agents of each session, the pipe that its agent reports from
    /// @param host where another session, which prints without end, is started
    void measure(Map<String, Fifo> agents, BenchHost host, Path dir) throws Exception {
        report.heading("the page in a browser; 16 hosts, 64 sessions");
        Optional<Path> browser =
                Stream.of("chromium", "chromium-browser", "google-chrome")
                        .flatMap(name -> Machine.find(name).stream())
                        .findFirst();
        if (browser.isEmpty() || !Files.exists(WEBUI.resolve("node_modules/playwright-core"))) {
            report.absent("the page", "Chromium or Node.js is not installed");
            return;
        }
        service.ask(host.name(), "flood", "exec yes 'all work and no play makes jack a dull boy'");
        service.awaitState("flood", "working");
        Map<String, String> pipes = new LinkedHashMap<>();
        agents.forEach((name, fifo) -> pipes.put(name, fifo.path().toString()));
        ProcessBuilder builder = service.command();
        builder.command("node", WEBUI.resolve("e2e/measure.mjs").toString());
        Map<String, String> env = builder.environment();
        env.put("BASE", service.address().toString());
        env.put("MUSTER", BenchService.LAUNCHER.toString());
        env.put("CHROMIUM", browser.get().toString());
        env.put("SHOTS", dir.toString());
        env.put("AGENTS", JSON.writeValueAsString(pipes));
        env.put("FLOOD", service.get("sessions/flood").path("id").asText());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            report.absent("the page", "failed, see above: " + said);
            return;
        }
        service.act("sessions/flood/stop");
        JsonNode result = JSON.readTree(said);
        Samples paint = samples(result.path("paint"));
        Samples change = samples(result.path("change"));
        Samples flooded = samples(result.path("flooded"));
        Samples heap = samples(result.path("heap"));
        report.row(
                "first paint, signing in by a code", paint, "ms", "1000 ms", paint.median(), 1000);
        report.row("the board's first rows", samples(result.path("rows")), "ms");
        report.row(
                "a report of an agent until it is in the page",
                change,
                "ms",
                "p95 300 ms",
                change.p95(),
                300);
        report.row(
                "  while `yes` runs in a pane beside the board",
                flooded,
                "ms",
                "p95 300 ms",
                flooded.p95(),
                300);
        report.row(
                "memory that this `yes` has cost the page", heap, "MB", "50 MB", heap.most(), 50);
    }

    private static Samples samples(JsonNode values) {
        Samples samples = new Samples();
        values.forEach(value -> samples.add(value.asDouble()));
        return samples;
    }
}
