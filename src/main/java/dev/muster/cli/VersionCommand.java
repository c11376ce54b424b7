package dev.muster.cli;

import dev.muster.api.ServiceInfo;
import dev.muster.cli.client.Json;
import dev.muster.cli.client.NoServiceException;
import dev.muster.cli.client.ServiceClient;
import dev.muster.cli.text.Ages;
import dev.muster.cli.text.Escape;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "version",
        description = "Versions of this command and of the service; never starts one.")
final class VersionCommand implements Callable<Integer> {
    private final Context context;

    VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ServiceClient client = context.client();
        ServiceInfo service = ask(client);
        if (context.options().json) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("version", own());
            document.put("server", client.address().base().toString());
            document.put("service", service);
            context.console().json(Json.write(document));
            return ExitCode.OK.status();
        }
        context.console().line("muster " + own());
        if (!context.options().quiet) {
            context.console().line("service at " + client.address().base() + ": " + tell(service));
        }
        return ExitCode.OK.status();
    }

    private static @Nullable ServiceInfo ask(ServiceClient client) throws Exception {
        try {
            return client.get("service", ServiceInfo.class);
        } catch (NoServiceException e) {
            return null;
        }
    }

    private static String tell(@Nullable ServiceInfo service) throws IOException {
        if (service == null) {
            return "none runs";
        }
        return Escape.line(service.version())
                + ", process "
                + service.pid()
                + ", up for "
                + Ages.age(service.startedAt(), Instant.now())
                + ", reads "
                + (service.hostsFile() == null
                        ? "no hosts file (this machine is the host `local`)"
                        : Escape.line(service.hostsFile()));
    }

    /// From the jar's manifest; classes that no jar holds have none.
    static String own() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(unpacked classes)" : version;
    }
}
