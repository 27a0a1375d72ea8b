package dev.postrider.edition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition.Pick;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class StoredCorrections implements Corrections {

	private static final Logger logger = LoggerFactory.getLogger(StoredCorrections.class);

	/** What the gate lets pass. */
	private static final int SUBJECT = 90;

	private static final int PREHEADER = 100;

	private final CorrectionRows rows;

	private final Editions editions;

	private final EditionComposer composer;

	private final EditionRenderer renderer;

	private final Newsletters newsletters;

	private final VariantRows variants;

	private final JdbcEditionVariants settled;

	private final TransactionTemplate transaction;

	private final TransactionTemplate own;

	StoredCorrections(CorrectionRows rows, Editions editions, EditionComposer composer, EditionRenderer renderer,
			Newsletters newsletters, VariantRows variants, JdbcEditionVariants settled,
			PlatformTransactionManager transactions) {
		this.rows = rows;
		this.editions = editions;
		this.composer = composer;
		this.renderer = renderer;
		this.newsletters = newsletters;
		this.variants = variants;
		this.settled = settled;
		this.transaction = new TransactionTemplate(transactions);
		this.own = new TransactionTemplate(transactions);
		this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	@Override
	public Correction mark(long storyId, String words, String actor) {
		String text = Lines.clean(words);
		if (text.isEmpty()) {
			throw new EditionException("Say what was wrong and what is right.");
		}
		if (text.length() > LONGEST) {
			throw new EditionException(
					"The correction has " + text.length() + " characters; " + LONGEST + " are the most.");
		}
		List<Long> mailed = this.rows.mailed(storyId);
		if (mailed.isEmpty()) {
			throw new EditionException(
					"Story " + storyId + " was not mailed yet, so there is nothing to correct: rewrite it instead.");
		}
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			Correction correction = this.rows.add(storyId, text, actor);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCommit() {
					mailed.forEach(StoredCorrections.this::renderAgain);
				}
			});
			return correction;
		}));
	}

	/**
	 * An old edition that cannot be rendered any more keeps no correction from being
	 * made.
	 */
	private void renderAgain(long editionId) {
		try {
			this.own.executeWithoutResult((status) -> {
				Edition edition = this.editions.find(editionId).orElseThrow();
				this.renderer.renderWebCopy(edition, this.newsletters.find(edition.newsletterId()).orElseThrow());
			});
		}
		catch (RuntimeException ex) {
			logger.error("The archive's page of edition {} could not be made anew after a correction", editionId, ex);
		}
	}

	@Override
	public Edition draft(Edition mailed, Newsletter newsletter, long storyId) {
		if (mailed.startedAt() == null) {
			throw new EditionException(
					"Edition " + mailed.label() + " was not sent yet, so there is nobody to send a correction to.");
		}
		if (this.rows.isCompacted(mailed.id())) {
			throw new EditionException("Edition " + mailed.label()
					+ " is so old that nobody knows any more who had it. The archive can say what was wrong; to tell readers, make an extra edition.");
		}
		if (mailed.closedAt() == null && mailed.status() != EditionStatus.CANCELLED) {
			throw new EditionException("Edition " + mailed.label()
					+ " is still being sent. A correction goes to those who had it, so draft it when all is sent, or stop the sending first.");
		}
		Pick pick = carried(mailed).stream()
			.filter((each) -> each.story().id() == storyId)
			.findFirst()
			.orElseThrow(() -> new EditionException("Story " + storyId + " is not in edition " + mailed.label() + "."));
		List<Correction> corrections = of(List.of(storyId)).getOrDefault(storyId, List.of());
		if (corrections.isEmpty()) {
			throw new EditionException("Story " + storyId + " has no correction yet. Write one first.");
		}
		String words = corrections.get(corrections.size() - 1).words();
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			long id = this.rows.open(mailed, newsletter, storyId);
			if (this.rows.isCompacted(mailed.id())) {
				// At this very moment; from here on the draft keeps it from being so.
				throw new EditionException("Edition " + mailed.label() + " is so old that who had it is forgotten.");
			}
			this.rows.carry(id, pick);
			return this.composer.describe(id, Lines.shorten("Correction: " + pick.headline(), SUBJECT),
					Lines.shorten(words, PREHEADER), words);
		}));
	}

	@Override
	public List<Pick> carried(Edition mailed) {
		Set<Integer> got = this.settled.settled(mailed.id())
			.values()
			.stream()
			.map(JdbcEditionVariants.Combination::selection)
			.collect(Collectors.toSet());
		Map<Long, Pick> carried = new LinkedHashMap<>();
		mailed.picks().forEach((pick) -> carried.put(pick.story().id(), pick));
		this.variants.editions(mailed)
			.stream()
			.filter((each) -> got.contains(each.variant()))
			.flatMap((each) -> each.edition().picks().stream())
			.forEach((pick) -> carried.putIfAbsent(pick.story().id(), pick));
		return List.copyOf(carried.values());
	}

	@Override
	public Map<Long, List<Correction>> of(Collection<Long> storyIds) {
		return this.rows.of(storyIds);
	}

}
