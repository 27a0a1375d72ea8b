package dev.postrider.delivery.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.postrider.delivery.AudienceRule;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.delivery.EditionReader;
import dev.postrider.delivery.Rehearsals.Part;
import dev.postrider.edition.Edition;
import dev.postrider.mail.Providers;
import dev.postrider.subscription.ReaderAttributes;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One rehearsal under way: reads the candidates page by page, makes the copy of each who
 * would get one, and counts. Lives in memory only; one that breaks off begins anew.
 */
final class RehearsalWork {

	private static final int PAGE = 1000;

	private static final int PROVIDERS = 30;

	private final Edition edition;

	private final EditionMessages messages;

	private final RehearsedVariants variants;

	private final JdbcClient jdbc;

	private final ReaderAttributes attributes;

	private final Providers providers;

	private final NullTransport transport = new NullTransport();

	private final Map<String, Integer> exclusions = new TreeMap<>();

	private final Map<Integer, Integer> byVariant = new TreeMap<>();

	private final Map<String, Integer> byProvider = new HashMap<>();

	private long after;

	private int candidates;

	private long nanos;

	RehearsalWork(Edition edition, EditionMessages messages, RehearsedVariants variants, JdbcClient jdbc,
			ReaderAttributes attributes, Providers providers) {
		this.edition = edition;
		this.messages = messages;
		this.variants = variants;
		this.jdbc = jdbc;
		this.attributes = attributes;
		this.providers = providers;
	}

	/**
	 * Does the next page.
	 * @return how many candidates it had; 0 at the end
	 */
	int page() {
		List<Candidate> page = read();
		if (page.isEmpty()) {
			return 0;
		}
		this.after = page.get(page.size() - 1).id();
		this.candidates += page.size();
		List<Copy> copies = new ArrayList<>();
		for (Candidate candidate : page) {
			String reason = candidate.reason();
			int variant = (reason != null) ? RehearsedVariants.NOTHING : this.variants.of(candidate.choice());
			if (variant == RehearsedVariants.NOTHING) {
				this.exclusions.merge((reason != null) ? reason : "NOTHING_IN_TOPICS", 1, Integer::sum);
			}
			else {
				copies.add(new Copy(variant, candidate));
			}
		}
		make(copies);
		return page.size();
	}

	/** In the order of variants, of which few are kept encoded. */
	private void make(List<Copy> copies) {
		copies.sort(Comparator.comparingInt(Copy::variant));
		Map<Long, Map<String, String>> known = this.messages.wantsAttributes() ? this.attributes
			.of(this.edition.newsletterId(), copies.stream().map((copy) -> copy.candidate().id()).toList()) : Map.of();
		Map<String, String> providers = this.providers
			.of(copies.stream().map((copy) -> domain(copy.candidate().email())).collect(Collectors.toSet()));
		long from = System.nanoTime();
		for (Copy copy : copies) {
			Candidate candidate = copy.candidate();
			EditionReader reader = new EditionReader(candidate.id(), candidate.moves(), candidate.email(),
					candidate.name(), candidate.choice().topics(), known.getOrDefault(candidate.id(), Map.of()));
			this.transport.send(this.messages.envelopeSender(candidate.id()), candidate.email(),
					this.messages.copy(copy.variant(), reader));
			this.byVariant.merge(copy.variant(), 1, Integer::sum);
			String domain = domain(candidate.email());
			this.byProvider.merge(providers.getOrDefault(domain, domain), 1, Integer::sum);
		}
		this.nanos += System.nanoTime() - from;
	}

	private static String domain(String email) {
		return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
	}

	/** The newsletter's part of subscription's primary key, each with its subscriber. */
	private List<Candidate> read() {
		return AudienceRule
			.bind(this.jdbc.sql("SELECT s.id, s.moves, s.email, s.name, u.topics, u.language, u.design, "
					+ AudienceRule.REASON + " AS reason " + AudienceRule.CANDIDATES
					+ " AND u.subscriber_id > :after ORDER BY u.subscriber_id LIMIT :limit"),
					this.edition.newsletterId(), this.edition.date(), this.edition.corrects())
			.param("after", this.after)
			.param("limit", PAGE)
			.query((row, index) -> new Candidate(row.getLong("id"), row.getInt("moves"),
					(row.getString("email") != null) ? row.getString("email") : "", row.getString("name"),
					new RehearsedVariants.Choice(row.getString("topics"), row.getString("language"),
							row.getString("design")),
					row.getString("reason")))
			.list();
	}

	Edition edition() {
		return this.edition;
	}

	int candidates() {
		return this.candidates;
	}

	NullTransport transport() {
		return this.transport;
	}

	/** Messages a second that one lane would make. */
	double rate() {
		return (this.nanos > 0) ? this.transport.messages() * 1e9 / this.nanos : 0;
	}

	List<Part> exclusions() {
		return this.exclusions.entrySet()
			.stream()
			.map((each) -> new Part(each.getKey(), null, each.getValue()))
			.toList();
	}

	List<Part> variants() {
		return this.byVariant.entrySet()
			.stream()
			.map((each) -> new Part(this.variants.name(each.getKey()),
					this.variants.variant(each.getKey()).orElseThrow().letter().subject(), each.getValue()))
			.toList();
	}

	/** Most first; the many small ones in one. */
	List<Part> providers() {
		List<Part> all = this.byProvider.entrySet()
			.stream()
			.map((each) -> new Part(this.providers.title(each.getKey()), null, each.getValue()))
			.sorted(Comparator.comparingInt(Part::readers).reversed().thenComparing(Part::name))
			.toList();
		if (all.size() <= PROVIDERS) {
			return all;
		}
		List<Part> shown = new ArrayList<>(all.subList(0, PROVIDERS));
		shown.add(new Part((all.size() - PROVIDERS) + " others", null,
				all.subList(PROVIDERS, all.size()).stream().mapToInt(Part::readers).sum()));
		return shown;
	}

	/**
	 * Somebody who asked for the newsletter at some time.
	 */
	private record Candidate(long id, int moves, String email, @Nullable String name, RehearsedVariants.Choice choice,
			@Nullable String reason) {
	}

	private record Copy(int variant, Candidate candidate) {
	}

}
