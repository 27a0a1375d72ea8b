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
 * {@code Message-ID}, as a single mail, unless the reader is gone again before it leaves.
 * Several processes share the work.
 */
@Component
class WelcomeMails {

	private static final Logger logger = LoggerFactory.getLogger(WelcomeMails.class);

	private static final int BATCH = 20;

	private static final Duration USEFUL_FOR = Duration.ofHours(12);

	private final Welcomes welcomes;

	private final WelcomeDeliveries deliveries;

	private final WelcomeCopies copies;

	private final EditionReaders readers;

	private final Outbox outbox;

	private final Retries transactions;

	WelcomeMails(Welcomes welcomes, WelcomeDeliveries deliveries, WelcomeCopies copies, EditionReaders readers,
			Outbox outbox, PlatformTransactionManager transactions) {
		this.welcomes = welcomes;
		this.deliveries = deliveries;
		this.copies = copies;
		this.readers = readers;
		this.outbox = outbox;
		this.transactions = new Retries(new TransactionTemplate(transactions));
	}

	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void mailDue() {
		Map<Long, Optional<EditionMessages>> editions = new HashMap<>();
		List<Welcome> due;
		do {
			due = this.welcomes.due(BATCH);
			due.forEach((each) -> mail(each, editions));
		}
		while (due.size() == BATCH);
		this.deliveries.settle();
	}

	/** One that cannot be made must not keep the others from theirs. */
	private void mail(Welcome due, Map<Long, Optional<EditionMessages>> editions) {
		try {
			this.transactions.of(() -> {
				this.welcomes.lock(due).ifPresent((welcome) -> look(welcome, editions));
				return true;
			});
		}
		catch (RuntimeException ex) {
			logger.warn("The latest edition of newsletter {} could not be made for new subscriber {}",
					due.newsletterId(), due.subscriberId(), ex);
			this.welcomes.putOff(due);
		}
	}

	private void look(Welcome welcome, Map<Long, Optional<EditionMessages>> editions) {
		Welcomes.Choice choice = this.welcomes.choose(welcome);
		if (choice.later()) {
			this.welcomes.putOff(welcome);
			return;
		}
		EditionReader reader = this.readers.find(welcome.newsletterId(), welcome.subscriberId()).orElse(null);
		Long editionId = choice.editionId();
		// Without either there is nothing worth it, or the reader is gone again.
		if (editionId != null && reader != null) {
			editions.computeIfAbsent(editionId, this.copies::messages).ifPresent((messages) -> mail(messages, reader));
		}
		this.welcomes.done(welcome);
	}

	private void mail(EditionMessages messages, EditionReader reader) {
		int variant = this.copies.variantFor(messages.edition(), messages.newsletter(), reader);
		if (variant == WelcomeCopies.NONE) {
			return;
		}
		long mailId = this.outbox.submit(new Outbox.WholeMail("welcome", messages.envelopeSender(reader.subscriberId()),
				reader.email(), messages.copy(variant, reader), USEFUL_FOR));
		this.deliveries.mailed(messages.edition().id(), reader.subscriberId(), variant, mailId);
	}

}
