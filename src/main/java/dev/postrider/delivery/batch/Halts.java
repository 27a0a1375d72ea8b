package dev.postrider.delivery.batch;

import java.util.concurrent.atomic.AtomicLong;

import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.EditionStatusChanged;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Lets the lanes of this process look at their edition's status before their next
 * message, when one is held or cancelled here. Those of other processes look before their
 * next page.
 */
@Component
class Halts {

	private final AtomicLong count = new AtomicLong();

	/** Another number whenever some edition was halted. */
	long count() {
		return this.count.get();
	}

	/** Before whoever has much to do because of it. */
	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void changed(EditionStatusChanged change) {
		if (change.status() == EditionStatus.HELD || change.status() == EditionStatus.CANCELLED) {
			this.count.incrementAndGet();
		}
	}

}
