package dev.postrider.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.postrider.subscription.ReaderAttributes;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Readers of a newsletter one by one, for who wants to see a mail as one of them gets it.
 */
@Component
public class EditionReaders {

	private final JdbcClient jdbc;

	private final ReaderAttributes attributes;

	EditionReaders(JdbcClient jdbc, ReaderAttributes attributes) {
		this.jdbc = jdbc;
		this.attributes = attributes;
	}

	/**
	 * The reader with an address, by the unique key of addresses; empty when nobody with
	 * it ever subscribed to the newsletter.
	 * @param newsletterId whose reader
	 * @param email any spelling of the address
	 */
	public Optional<Long> idOf(long newsletterId, String email) {
		return this.jdbc.sql("""
				SELECT s.id FROM subscriber s JOIN subscription u ON u.subscriber_id = s.id AND u.newsletter_id = ?
				WHERE s.email_key = ? AND s.status = 'ACTIVE' AND u.confirmed_at IS NOT NULL AND u.left_at IS NULL
				""").params(newsletterId, email.strip().toLowerCase(Locale.ROOT)).query(Long.class).optional();
	}

	/** A reader of a newsletter as the subscription stands now; by primary keys. */
	public Optional<EditionReader> find(long newsletterId, long subscriberId) {
		return this.jdbc.sql("""
				SELECT s.id, s.moves, s.email, s.name, u.topics FROM subscriber s
				JOIN subscription u ON u.subscriber_id = s.id AND u.newsletter_id = ?
				WHERE s.id = ? AND s.status = 'ACTIVE' AND u.confirmed_at IS NOT NULL AND u.left_at IS NULL
				""")
			.params(newsletterId, subscriberId)
			.query((row, index) -> new EditionReader(row.getLong("id"), row.getInt("moves"), row.getString("email"),
					row.getString("name"), row.getString("topics"),
					this.attributes.of(newsletterId, List.of(subscriberId)).getOrDefault(subscriberId, Map.of())))
			.optional();
	}

	/** The language and design a reader chose; by primary keys. */
	public Optional<Wishes> wishesOf(long newsletterId, long subscriberId) {
		return this.jdbc.sql("SELECT language, design FROM subscription WHERE newsletter_id = ? AND subscriber_id = ?")
			.params(newsletterId, subscriberId)
			.query((row, index) -> new Wishes(row.getString("language"), row.getString("design")))
			.optional();
	}

	/**
	 * How a reader wants mails to look.
	 *
	 * @param language {@code null} for the newsletter's
	 * @param design {@code null} for the newsletter's
	 */
	public record Wishes(@Nullable String language, @Nullable String design) {
	}

	/** The variant a reader of a frozen edition gets; by the unique key delivery_once. */
	public OptionalInt variantOf(long editionId, long subscriberId) {
		return this.jdbc.sql("SELECT variant FROM delivery WHERE edition_id = ? AND subscriber_id = ?")
			.params(editionId, subscriberId)
			.query(Integer.class)
			.optional()
			.map(OptionalInt::of)
			.orElseGet(OptionalInt::empty);
	}

}
