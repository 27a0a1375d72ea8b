package dev.postrider.monitor.web;

import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.PageLimit;
import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.Deliveries.Proof;
import dev.postrider.staff.Audit;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Proof of delivery: what one address was sent, with the relay's replies.
 */
@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveriesApi {

	private static final int MAX_LIMIT = 500;

	private final Deliveries deliveries;

	private final Audit audit;

	DeliveriesApi(Deliveries deliveries, Audit audit) {
		this.deliveries = deliveries;
		this.audit = audit;
	}

	/**
	 * Every edition for one address, newest first; {@code next} is what to send as
	 * {@code after}.
	 */
	@GetMapping
	Page list(@RequestParam String email, @RequestParam(required = false) @Nullable Long after,
			@RequestParam(defaultValue = "100") int limit) {
		if (email.isBlank()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "email is empty; send the reader's address");
		}
		int size = PageLimit.checked(limit, MAX_LIMIT);
		List<Proof> items = this.deliveries.byEmail(email, after, size);
		Long last = (items.size() >= size) ? items.get(items.size() - 1).editionId() : null;
		boolean more = last != null && !this.deliveries.byEmail(email, last, 1).isEmpty();
		this.audit.record("delivery.proof", "one reader", items.size() + " editions");
		return new Page(items, more ? last : null, this.deliveries.compacted().map(Compacted::of).orElse(null));
	}

	/**
	 * A page of proofs.
	 *
	 * @param items what was sent
	 * @param next where the next page begins, or {@code null} at the end
	 * @param compacted what is no longer kept of any reader, or {@code null}
	 */
	record Page(List<Proof> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long next,
			@JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Compacted compacted) {
	}

	/**
	 * Old editions, of whose deliveries only counts are kept.
	 *
	 * @param editions how many
	 * @param upTo the date of the newest of them
	 * @param note the same in a sentence
	 */
	record Compacted(int editions, LocalDate upTo, String note) {

		static Compacted of(Deliveries.Compacted old) {
			return new Compacted(old.editions(), old.upTo(),
					"Of " + old.editions() + ((old.editions() == 1) ? " edition" : " editions") + " up to " + old.upTo()
							+ " only counts are kept: whether this address had them can no longer be said.");
		}

	}

}
