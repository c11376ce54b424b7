package dev.muster.web;

import dev.muster.api.DoctorReport;
import dev.muster.api.HostKey;
import dev.muster.api.HostLock;
import dev.muster.api.Outcome;
import dev.muster.api.TrustRequest;
import dev.muster.api.UnlockRequest;
import dev.muster.fleet.Doctor;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Refused;
import dev.muster.fleet.doctor.Examination;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What people do to a host: compare its key, give its secret, forget it.
@Path("/api/v1/hosts/{name}")
@Tag(name = "hosts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class HostsResource {
    private static final String NAME = "A host of hosts.yaml";

    private final Fleet fleet;
    private final HostAccess access;
    private final Doctor doctor;
    private final Audited audited;

    HostsResource(Fleet fleet, HostAccess access, Doctor doctor, Audited audited) {
        this.fleet = fleet;
        this.access = access;
        this.doctor = doctor;
        this.audited = audited;
    }

    @GET
    @Path("doctor")
    @Operation(
            summary = "Everything that a session needs there",
            description =
                    "Asks the host now, for at most 20 s. A host that can't be reached has a"
                            + " report too: what could not be asked is `unknown` in it.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DoctorReport.class)))
    public DoctorReport doctor(@Parameter(description = NAME) @PathParam("name") String name)
            throws Refused, InterruptedException {
        Examination examined = doctor.examine(name);
        return new DoctorReport(
                name,
                examined.asOf(),
                examined.checks().stream()
                        .map(
                                check ->
                                        new DoctorReport.Check(
                                                check.what(),
                                                check.state().word(),
                                                check.detail(),
                                                check.fix()))
                        .toList());
    }

    @GET
    @Path("key")
    @Operation(
            summary = "The key that a host offered",
            description = "For a person to compare with what its administrator says.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = HostKey.class)))
    public HostKey key(@Parameter(description = NAME) @PathParam("name") String name)
            throws Refused {
        return access.key(name);
    }

    @POST
    @Path("trust")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Accept a host's key",
            description = "The one with this fingerprint, which a person saw; no other.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome trust(
            @Parameter(description = NAME) @PathParam("name") String name,
            @Nullable TrustRequest request)
            throws Refused, InterruptedException {
        return audited.run("trust", name, () -> access.trust(name, request));
    }

    @GET
    @Path("lock")
    @Operation(
            summary = "The secret that a host waits for",
            description = "Which kind, so that a person can be asked for it; never the secret.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = HostLock.class)))
    public HostLock lock(@Parameter(description = NAME) @PathParam("name") String name)
            throws Refused {
        return access.lock(name);
    }

    @POST
    @Path("unlock")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give the secret that a host waits for",
            description = "A passphrase or a password; held in memory only.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome unlock(
            @Parameter(description = NAME) @PathParam("name") String name,
            @Nullable UnlockRequest request)
            throws Refused, InterruptedException {
        return audited.run("unlock", name, () -> access.unlock(name, request));
    }

    @DELETE
    @Operation(
            summary = "Forget a host that left hosts.yaml",
            description = "Drops its rows and its history. Nothing on the host is touched.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Outcome.class)))
    public Outcome forget(@Parameter(description = NAME) @PathParam("name") String name)
            throws Refused, InterruptedException {
        return audited.run(
                "forget",
                name,
                () -> {
                    fleet.forget(name);
                    return new Outcome(
                            name + " is forgotten",
                            List.of("its sessions there, if any, are untouched"));
                });
    }
}
