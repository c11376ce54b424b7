package dev.muster.web;

import dev.muster.api.Outcome;
import dev.muster.api.ServiceInfo;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Identity;
import dev.muster.fleet.Refused;
import dev.muster.fleet.Refused.Kind;
import dev.muster.link.Links;
import dev.muster.link.SshAgent;
import io.quarkus.runtime.Quarkus;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The service itself.
@Path("/api/v1/service")
@Tag(name = "service")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ServiceResource {
    private final Identity identity;
    private final HostsSource hosts;
    private final Links links;
    private final Fleet fleet;
    private final Audited audited;
    private final String version;

    ServiceResource(
            Identity identity,
            HostsSource hosts,
            Links links,
            Fleet fleet,
            Audited audited,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.identity = identity;
        this.hosts = hosts;
        this.links = links;
        this.fleet = fleet;
        this.audited = audited;
        this.version = version;
    }

    @GET
    @Operation(summary = "Which service this is, and which hosts file it reads")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ServiceInfo.class)))
    public ServiceInfo service() {
        return new ServiceInfo(
                version,
                identity.id(),
                ProcessHandle.current().pid(),
                identity.startedAt(),
                hosts.file().map(Object::toString).orElse(null),
                hosts.digest().orElse(null),
                hosts.errors(),
                links.agent().answers());
    }

    @POST
    @Path("stop")
    @Operation(
            summary = "End the service",
            description = "Sessions go on on their hosts, and are found again at the next start.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome stop() throws Refused, InterruptedException {
        return audited.run(
                "stop-service",
                null,
                null,
                () -> {
                    Quarkus.asyncExit(0);
                    return new Outcome(
                            "the service ends",
                            List.of("sessions go on; the next service finds them again"));
                });
    }

    /// @param socket the path of a Unix-domain socket on the service's machine
    public record AgentRequest(String socket) {}

    @POST
    @Path("ssh-agent")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Offer another ssh-agent",
            description =
                    "Taken when it answers; hosts that could not be signed in to are tried again.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome sshAgent(@Nullable AgentRequest request) throws Refused, InterruptedException {
        return audited.run("ssh-agent", null, null, () -> useAgent(request));
    }

    private Outcome useAgent(@Nullable AgentRequest request) throws Refused {
        String socket = request == null ? null : request.socket();
        if (socket == null || !socket.startsWith("/") || socket.indexOf('\0') >= 0) {
            throw Refused.of(
                    Kind.USAGE, "`socket` is the absolute path of an ssh-agent's socket", null);
        }
        java.nio.file.Path path = java.nio.file.Path.of(socket);
        if (!SshAgent.answers(path)) {
            throw Refused.of(
                    Kind.FAILED,
                    "no ssh-agent answers at " + socket,
                    "start one, or see `echo $SSH_AUTH_SOCK` where `ssh-add -l` works");
        }
        links.agent().use(path);
        fleet.board().now().hosts().values().stream()
                .map(entry -> entry.status())
                .filter(status -> !status.online())
                .forEach(status -> fleet.wake(status.name()));
        return new Outcome("the service asks the ssh-agent at " + socket, List.of());
    }
}
