package dev.postrider.monitor.web;

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
	Page list(@RequestParam String email, @RequestParam(defaultValue = "0") int after,
			@RequestParam(defaultValue = "100") int limit) {
		if (email.isBlank() || after < 0) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"Send the address as email, and as after what the page before gave as next");
		}
		int size = PageLimit.checked(limit, MAX_LIMIT);
		List<Proof> found = this.deliveries.byEmail(email, after + size + 1);
		List<Proof> rest = found.subList(Math.min(after, found.size()), found.size());
		List<Proof> items = rest.subList(0, Math.min(size, rest.size()));
		this.audit.record("delivery.proof", "one reader", items.size() + " editions");
		return new Page(items, (rest.size() > size) ? after + size : null);
	}

	/**
	 * A page of proofs.
	 *
	 * @param items what was sent
	 * @param next where the next page begins, or {@code null} at the end
	 */
	record Page(List<Proof> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Integer next) {
	}

}
