package dev.muster.web;

import dev.muster.fleet.Memory;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means: the database answers. Hosts that can't be reached are no illness of the service.
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {
    private final Memory memory;

    DatabaseCheck(Memory memory) {
        this.memory = memory;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            memory.lastHeard();
            return HealthCheckResponse.up("database");
        } catch (Memory.MemoryException e) {
            // Answered without a token: no path, no detail. The log has both.
            return HealthCheckResponse.down("database");
        }
    }
}
