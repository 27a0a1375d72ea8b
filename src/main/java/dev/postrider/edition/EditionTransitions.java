package dev.postrider.edition;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Moves editions from status to status, each time by one UPDATE that holds the old status
 * in its WHERE: of two that want different things at once, one is refused.
 */
@Component
class EditionTransitions {

	private static final int REASON_LENGTH = 500;

	private final JdbcClient jdbc;

	private final EditionRows rows;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	EditionTransitions(JdbcClient jdbc, EditionRows rows, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.events = events;
		this.clock = clock;
	}

	Edition change(long id, EditionStatus next, @Nullable String reason, @Nullable String actor) {
		String shortReason = (reason != null) ? Lines.shorten(reason, REASON_LENGTH) : null;
		if (next == EditionStatus.SENDING) {
			this.rows.find(id).ifPresent(this::keepEmbargoes);
		}
		if (!update(id, next, shortReason, actor)) {
			return unchanged(id, next, shortReason);
		}
		Edition edition = this.rows.find(id).orElseThrow();
		afterCommit(new EditionStatusChanged(id, edition.newsletterId(), edition.label(), next, shortReason));
		return edition;
	}

	/** An edition sent before its due time must not carry what may be told only then. */
	private void keepEmbargoes(Edition edition) {
		Instant now = this.clock.instant();
		edition.picks().stream().map(Edition.Pick::story).forEach((story) -> {
			Instant embargo = story.embargoUntil();
			if (embargo != null && embargo.isAfter(now)) {
				throw new EditionException("Edition " + edition.label() + " cannot be sent yet: story " + story.id()
						+ " is under embargo until " + embargo + ". Drop it, or wait.");
			}
		});
	}

	/** Nothing without stories is ever approved, whoever asks. */
	private boolean update(long id, EditionStatus next, @Nullable String reason, @Nullable String actor) {
		List<String> from = Arrays.stream(EditionStatus.values())
			.filter((status) -> status.mayBecome(next))
			.map(Enum::name)
			.toList();
		Instant now = this.clock.instant();
		return this.jdbc.sql("""
				UPDATE edition
				SET status = :next, status_reason = :reason, version = version + 1, changed_at = :now,
				  approved_by = CASE :next WHEN 'APPROVED' THEN :actor WHEN 'DRAFT' THEN NULL ELSE approved_by END,
				  approved_at = CASE :next WHEN 'APPROVED' THEN :now WHEN 'DRAFT' THEN NULL ELSE approved_at END,
				  started_at = CASE :next WHEN 'SENDING' THEN COALESCE(started_at, :now) ELSE started_at END,
				  closed_at = CASE :next WHEN 'SENT' THEN :now WHEN 'SENDING' THEN NULL ELSE closed_at END
				WHERE id = :id AND status IN (:from)
				  AND (:next <> 'APPROVED' OR EXISTS (SELECT 1 FROM edition_pick WHERE edition_id = :id))
				  AND (:next <> 'DRAFT' OR frozen_at IS NULL)
				""")
			.param("next", next.name())
			.param("reason", reason)
			.param("actor", actor)
			.param("now", now)
			.param("id", id)
			.param("from", from.isEmpty() ? List.of("") : from)
			.update() > 0;
	}

	private Edition unchanged(long id, EditionStatus next, @Nullable String reason) {
		Edition edition = this.rows.find(id)
			.orElseThrow(() -> new EditionException("There is no edition with id " + id + "."));
		EditionStatus status = edition.status();
		if (status == next) {
			return Objects.equals(edition.statusReason(), reason) ? edition : newReason(edition, reason);
		}
		if (next == EditionStatus.APPROVED && edition.picks().isEmpty() && status.mayBecome(next)) {
			throw new EditionException("Edition " + edition.label()
					+ " has no stories, so it cannot be approved. Compose it or add a story first.");
		}
		if (next == EditionStatus.DRAFT && edition.frozenAt() != null && status.mayBecome(next)) {
			throw new EditionException("Edition " + edition.label()
					+ " has its readers already, so its words and stories stay as they are.");
		}
		List<EditionStatus> possible = Arrays.stream(EditionStatus.values()).filter(status::mayBecome).toList();
		throw new EditionException("Edition " + edition.label() + " is " + status + " and cannot become " + next
				+ (possible.isEmpty() ? "; it stays as it is." : "; it may become " + possible + "."));
	}

	private Edition newReason(Edition edition, @Nullable String reason) {
		this.jdbc.sql("""
				UPDATE edition
				SET status_reason = :reason, version = version + 1, changed_at = :now
				WHERE id = :id AND status = :status
				""")
			.param("reason", reason)
			.param("now", this.clock.instant())
			.param("id", edition.id())
			.param("status", edition.status().name())
			.update();
		return this.rows.find(edition.id()).orElseThrow();
	}

	private void afterCommit(EditionStatusChanged event) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			this.events.publishEvent(event);
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				EditionTransitions.this.events.publishEvent(event);
			}
		});
	}

}
