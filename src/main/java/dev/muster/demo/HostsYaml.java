package dev.muster.demo;

import java.util.List;

/// The demo's `hosts.yaml`, as a person would write it.
record HostsYaml(DemoFolder folder, DemoAgent agent, List<DemoHost> hosts) {

    String text() {
        StringBuilder text = new StringBuilder("# Written by `muster demo`; gone when it ends.\n");
        text.append("defaults: { agent: ").append(agent.name()).append(", base: main }\n");
        text.append("agents:\n");
        text.append(
                "  demo: { type: command, command: ~/bin/demo-agent, args: [\"{promptFile}\"] }\n");
        switch (agent) {
            case DemoAgent.BuiltIn _ -> {}
            case DemoAgent.Claude _ ->
                    text.append(
                            "  claude: { command: ~/bin/claude, permissionMode: acceptEdits }\n");
        }
        text.append("groups:\n  backend: [dev-1, staging]\n");
        text.append("hosts:\n");
        hosts.forEach(host -> append(text, host));
        return text.toString();
    }

    private void append(StringBuilder text, DemoHost host) {
        text.append("  ").append(host.name()).append(":\n");
        host.server()
                .ifPresentOrElse(
                        server -> {
                            String ssh = server.user() + "@127.0.0.1:" + server.port();
                            line(text, "ssh", quoted(ssh));
                            line(text, "identity", quoted(file(host, "client_key")));
                            line(text, "knownHosts", quoted(file(host, "known_hosts")));
                        },
                        () -> {
                            line(text, "local", "true");
                            line(text, "home", quoted(folder.home(host.name())));
                        });
        // A worktree of a repo that was made a moment ago by the demo itself: nothing to distrust.
        line(
                text,
                "repos",
                "{ " + host.repo() + ": { path: ~/" + host.path() + ", trust: true } }");
    }

    private Object file(DemoHost host, String name) {
        return folder.server(host.name()).resolve(name);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("    ").append(key).append(": ").append(value).append('\n');
    }

    /// Any text on one line, as YAML's single-quoted scalar.
    private static String quoted(Object value) {
        return "'" + value.toString().replace("'", "''") + "'";
    }
}
