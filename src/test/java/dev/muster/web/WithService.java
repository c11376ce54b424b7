package dev.muster.web;

import io.quarkus.test.common.QuarkusTestResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A test over the running service, with a client that has the service's own token.
@QuarkusTestResource(ServiceFixture.class)
abstract class WithService {
    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    ServiceClient owner;

    @BeforeEach
    void comeAsItsOwner() {
        owner = new ServiceClient(port);
    }

    @AfterEach
    void leave() {
        owner.close();
    }
}
