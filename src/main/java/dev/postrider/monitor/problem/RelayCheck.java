package dev.postrider.monitor.problem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.postrider.Masked;
import dev.postrider.SqlTime;
import dev.postrider.mail.RelayRecovered;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.RelayStatus.State;
import dev.postrider.mail.RelayUnreachable;
import dev.postrider.mail.Relays;
import dev.postrider.monitor.problem.Problem.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Relays that do not answer. Each process knows of its own connections only: what another
 * has found, also one that is gone by now, stands until mail has left by that relay
 * again, or it has answered this process, or it is no longer in the settings.
 */
@Component
public class RelayCheck implements ProblemCheck {

	private final Map<String, String> unreachable = new ConcurrentHashMap<>();

	private final Set<String> recovered = ConcurrentHashMap.newKeySet();

	private final JdbcClient jdbc;

	private final Relays relays;

	/** The last problem that was there before this process looked. */
	private @Nullable Long lastBefore;

	RelayCheck(JdbcClient jdbc, Relays relays) {
		this.jdbc = jdbc;
		this.relays = relays;
	}

	@EventListener
	void lost(RelayUnreachable event) {
		this.recovered.remove(event.relay());
		this.unreachable.put(event.relay(), event.reason());
	}

	@EventListener
	void found(RelayRecovered event) {
		this.unreachable.remove(event.relay());
		this.recovered.add(event.relay());
	}

	/** Relays that do not answer this process, and why. */
	public Map<String, String> unreachable() {
		return Map.copyOf(this.unreachable);
	}

	/** Whether no relay at all answers this process. */
	public boolean areAllAway() {
		return this.unreachable.keySet().containsAll(this.relays.names());
	}

	@Override
	public String prefix() {
		return "relay:";
	}

	@Override
	public List<Finding> find() {
		Map<String, Finding> findings = new ConcurrentHashMap<>();
		Set<String> names = Set.copyOf(this.relays.names());
		Set<String> answering = answering();
		long before = lastBefore();
		this.jdbc.sql("""
				SELECT id, open_key, subject, message, remedy, last_seen_at FROM problem
				WHERE open_key LIKE 'relay:%'
				""").query((row) -> {
			String relay = row.getString("subject");
			// What another process found since may be true for that one only.
			boolean isOver = this.recovered.contains(relay)
					|| (answering.contains(relay) && row.getLong("id") <= before);
			if (!isOver && names.contains(relay) && !hasMailLeftSince(relay, SqlTime.at(row, "last_seen_at"))) {
				String key = row.getString("open_key");
				findings.put(key, new Finding(key, Kind.RELAY_UNREACHABLE, row.getString("subject"),
						row.getString("message"), row.getString("remedy")));
			}
		});
		boolean none = areAllAway();
		this.unreachable.forEach((relay, reason) -> findings.put("relay:" + relay, finding(relay, reason, none)));
		return List.copyOf(findings.values());
	}

	/**
	 * Also those that did not answer the process before this one, and this one at once.
	 */
	private Set<String> answering() {
		return this.relays.all()
			.stream()
			.filter((relay) -> relay.state() == State.ANSWERS)
			.map(RelayStatus::name)
			.collect(Collectors.toUnmodifiableSet());
	}

	private synchronized long lastBefore() {
		Long known = this.lastBefore;
		if (known == null) {
			known = this.jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM problem").query(Long.class).single();
			this.lastBefore = known;
		}
		return known;
	}

	/** By the index outbox_due: a sent row keeps the end of its last claim. */
	private boolean hasMailLeftSince(String relay, Instant moment) {
		return this.jdbc.sql(
				"SELECT COUNT(*) FROM outbox WHERE status = 'SENT' AND next_attempt_at > ? AND sent_at > ? AND relay = ?")
			.params(moment, moment, relay)
			.query(Long.class)
			.single() > 0;
	}

	private static Finding finding(String relay, String reason, boolean none) {
		return new Finding("relay:" + relay, Kind.RELAY_UNREACHABLE, relay,
				"The relay " + relay + " does not answer: " + Masked.in(reason)
						+ (none ? ". Mail waits and is tried again." : ". Mail leaves by the others meanwhile."),
				"Check that the relay runs, that the network lets this machine reach it, and that its login in the "
						+ "settings is right. Nothing is lost meanwhile, and the relay is used again by itself once "
						+ "it is back.");
	}

}
