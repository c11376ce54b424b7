package dev.muster.web;

import dev.muster.fleet.Doctor;
import dev.muster.fleet.Fleet;
import dev.muster.fleet.Identity;
import dev.muster.fleet.Inbox;
import dev.muster.fleet.InboxKeeper;
import dev.muster.fleet.JournalLimits;
import dev.muster.fleet.Memory;
import dev.muster.fleet.RepoLook;
import dev.muster.fleet.SessionAdoption;
import dev.muster.fleet.SessionEnds;
import dev.muster.fleet.SessionPrompts;
import dev.muster.fleet.SessionStarts;
import dev.muster.fleet.SessionTerminals;
import dev.muster.fleet.SessionWork;
import dev.muster.fleet.access.AccessTokens;
import dev.muster.fleet.access.PageSignIns;
import dev.muster.host.Folders;
import dev.muster.link.LinkSettings;
import dev.muster.link.LinkTimings;
import dev.muster.link.Links;
import dev.muster.notify.Notifier;
import dev.muster.notify.Outbox;
import dev.muster.web.gate.PageBook;
import dev.muster.web.gate.RequestCheck;
import dev.muster.web.gate.TokenBook;
import dev.muster.web.view.Views;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Puts the service together: parts below `web` know nothing of injection.
@ApplicationScoped
public class ServiceWiring {
    /// The fleet needs links, and links look jump hosts up in the fleet.
    private final AtomicReference<Fleet> made = new AtomicReference<>();

    @Produces
    @Singleton
    Folders folders(ServiceSettings settings) {
        return new Folders(settings.configFolder(), settings.dataFolder(), settings.cacheFolder());
    }

    @Produces
    @Singleton
    Clock clock() {
        // Its zone says where a day of usage begins.
        return Clock.systemDefaultZone();
    }

    @Produces
    @Singleton
    Identity identity(Folders folders, Clock clock) throws IOException {
        String id = ServiceFiles.serviceId(folders.config().resolve("service-id"));
        return new Identity(id, folders, clock.instant());
    }

    @Produces
    @Singleton
    TokenBook tokenBook(Folders folders, AccessTokens tokens, Clock clock) throws IOException {
        return new TokenBook(ServiceFiles.token(folders.token()), tokens, clock);
    }

    @Produces
    @Singleton
    PageBook pageBook(PageSignIns kept, Clock clock) {
        return new PageBook(kept, clock);
    }

    @Produces
    @Singleton
    RequestCheck requestCheck(TokenBook tokens, PageBook pages, ServiceSettings settings) {
        Set<String> names =
                settings.names().orElse(Set.of()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        return new RequestCheck(tokens, pages, names, settings.tls());
    }

    @Produces
    @Singleton
    Links links(Folders folders, ServiceSettings settings) {
        LinkSettings standard =
                LinkSettings.of(
                        settings.home(),
                        folders.knownHosts(),
                        Map.copyOf(System.getenv()),
                        LinkTimings.STANDARD);
        return new Links(
                standard,
                name -> Optional.ofNullable(made.get()).flatMap(fleet -> fleet.hosts().host(name)));
    }

    @Produces
    @Singleton
    Fleet fleet(
            Memory memory,
            ConnectLater hosts,
            Identity identity,
            ServiceSettings settings,
            Clock clock) {
        JournalLimits limits =
                settings.journalBytes()
                        .map(JournalLimits.STANDARD::rotatingAt)
                        .orElse(JournalLimits.STANDARD);
        Fleet fleet = new Fleet(memory, hosts, identity, limits, clock);
        made.set(fleet);
        return fleet;
    }

    @Produces
    @Singleton
    SessionStarts sessionStarts(Fleet fleet) {
        return new SessionStarts(fleet);
    }

    @Produces
    @Singleton
    SessionEnds sessionEnds(Fleet fleet) {
        return new SessionEnds(fleet);
    }

    @Produces
    @Singleton
    SessionTerminals sessionTerminals(Fleet fleet) {
        return new SessionTerminals(fleet);
    }

    @Produces
    @Singleton
    SessionAdoption sessionAdoption(Fleet fleet) {
        return new SessionAdoption(fleet);
    }

    @Produces
    @Singleton
    SessionWork sessionWork(Fleet fleet) {
        return new SessionWork(fleet);
    }

    @Produces
    @Singleton
    RepoLook repoLook(Fleet fleet) {
        return new RepoLook(fleet);
    }

    @Produces
    @Singleton
    SessionPrompts sessionPrompts(Fleet fleet) {
        return new SessionPrompts(fleet);
    }

    @Produces
    @Singleton
    Notifier notifier(Fleet fleet, Identity identity, Memory memory, Outbox outbox, Clock clock) {
        return Notifier.of(
                fleet.board(),
                fleet::hosts,
                identity.id(),
                memory,
                outbox,
                name -> Optional.ofNullable(System.getenv(name)),
                clock);
    }

    @Produces
    @Singleton
    Inbox inbox(Fleet fleet) {
        return new Inbox(fleet);
    }

    @Produces
    @Singleton
    InboxKeeper inboxKeeper(Fleet fleet, Inbox inbox) {
        return new InboxKeeper(fleet, inbox);
    }

    @Produces
    @Singleton
    Views views(Identity identity) {
        return new Views(identity.id());
    }

    @Produces
    @Singleton
    Doctor doctor(Fleet fleet, Links links) {
        return new Doctor(fleet, links);
    }

    /// A request says all that it means: what is misspelt or left out is refused, not guessed.
    @Produces
    @Singleton
    ObjectMapperCustomizer strictRequests() {
        return new StrictRequests();
    }
}
