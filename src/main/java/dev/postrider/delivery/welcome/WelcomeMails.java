package dev.postrider.delivery.welcome;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.postrider.Retries;
import dev.postrider.delivery.EditionMessages;
import dev.postrider.delivery.EditionReader;
import dev.postrider.delivery.EditionReaders;
import dev.postrider.delivery.welcome.Welcomes.Welcome;
import dev.postrider.mail.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails new readers the latest edition: the copy that they would have got, with the same
 * {@code Message-ID}, as a single mail. Several processes share the work.
 */
@Component
class WelcomeMails {

	private static final Logger logger = LoggerFactory.getLogger(WelcomeMails.class);

	private static final int BATCH = 20;

	private static final Duration USEFUL_FOR = Duration.ofHours(12);

	private final Welcomes welcomes;

	private final WelcomeCopies copies;

	private final EditionReaders readers;

	private final Outbox outbox;

	private final Retries transactions;

	WelcomeMails(Welcomes welcomes, WelcomeCopies copies, EditionReaders readers, Outbox outbox,
			PlatformTransactionManager transactions) {
		this.welcomes = welcomes;
		this.copies = copies;
		this.readers = readers;
		this.outbox = outbox;
		this.transactions = new Retries(new TransactionTemplate(transactions));
	}

	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void mailDue() {
		Map<Long, Optional<EditionMessages>> editions = new HashMap<>();
		int done;
		do {
			done = this.transactions.of(() -> mailSome(editions));
		}
		while (done == BATCH);
	}

	private int mailSome(Map<Long, Optional<EditionMessages>> editions) {
		List<Welcome> due = this.welcomes.due(BATCH);
		for (Welcome welcome : due) {
			Welcomes.Choice choice = this.welcomes.choose(welcome);
			EditionReader reader = this.readers.find(welcome.newsletterId(), welcome.subscriberId()).orElse(null);
			Long editionId = choice.editionId();
			if (choice.later()) {
				this.welcomes.putOff(welcome);
			}
			else if (editionId == null || reader == null) {
				// Nothing worth it, or gone again.
				this.welcomes.done(welcome);
			}
			else {
				mail(welcome, reader, editionId, editions);
			}
		}
		return due.size();
	}

	/** One that cannot be made must not keep the others from theirs. */
	private void mail(Welcome welcome, EditionReader reader, long editionId,
			Map<Long, Optional<EditionMessages>> editions) {
		byte[] message;
		EditionMessages messages;
		try {
			messages = editions.computeIfAbsent(editionId, this.copies::messages).orElse(null);
			int variant = (messages != null) ? this.copies.variantFor(messages.edition(), messages.newsletter(), reader)
					: WelcomeCopies.NONE;
			if (messages == null || variant == WelcomeCopies.NONE) {
				this.welcomes.done(welcome);
				return;
			}
			message = messages.copy(variant, reader);
		}
		catch (RuntimeException ex) {
			logger.warn("Edition {} could not be made for new subscriber {}", editionId, welcome.subscriberId(), ex);
			this.welcomes.putOff(welcome);
			return;
		}
		this.outbox.submit(new Outbox.WholeMail("welcome", messages.envelopeSender(reader.subscriberId()),
				reader.email(), message, USEFUL_FOR));
		this.welcomes.mailed(welcome, editionId);
	}

}
