package dev.postrider.monitor.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.PageLimit;
import dev.postrider.staff.Audit;
import dev.postrider.subscription.SubscriberDirectory;
import dev.postrider.subscription.SubscriberDirectory.Consent;
import dev.postrider.subscription.SubscriberDirectory.Entry;
import dev.postrider.subscription.SubscriberDirectory.Search;
import dev.postrider.subscription.SubscriberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The list of subscribers for programs.
 */
@RestController
@RequestMapping("/api/v1/subscribers")
class SubscribersApi {

	private static final int MAX_LIMIT = 1000;

	private final SubscriberDirectory directory;

	private final Audit audit;

	SubscribersApi(SubscriberDirectory directory, Audit audit) {
		this.directory = directory;
		this.audit = audit;
	}

	/**
	 * By address where {@code email} is a whole one or the beginning of one, else the
	 * newest first; {@code next} is what to send as {@code after}.
	 */
	@GetMapping
	Page list(@RequestParam(defaultValue = "") String email,
			@RequestParam(required = false) @Nullable SubscriberStatus status,
			@RequestParam(required = false) @Nullable Long after, @RequestParam(defaultValue = "100") int limit) {
		int size = PageLimit.checked(limit, MAX_LIMIT);
		List<Entry> found;
		try {
			found = this.directory.search(new Search(email, status), after, size + 1);
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, ex.getMessage(), ex);
		}
		List<Entry> items = found.subList(0, Math.min(size, found.size()));
		this.audit.record("subscriber.list", items.size() + " subscribers", null);
		return new Page(items, (found.size() > size) ? items.get(size - 1).id() : null);
	}

	@GetMapping("/{id}")
	Entry one(@PathVariable long id) {
		Entry found = this.directory.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no subscriber " + id));
		this.audit.record("subscriber.read", "subscriber " + id, null);
		return found;
	}

	/**
	 * The consent record of one reader, the oldest first, with the evidence still kept.
	 */
	@GetMapping("/{id}/consents")
	Consents consents(@PathVariable long id) {
		List<Consent> items = this.directory.consents(one(id).id());
		return new Consents(items, null);
	}

	/**
	 * A page of subscribers.
	 *
	 * @param items the subscribers
	 * @param next where the next page begins, or {@code null} at the end
	 */
	record Page(List<Entry> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long next) {
	}

	/**
	 * All consents of a reader.
	 *
	 * @param items the consents
	 * @param next there is no other page
	 */
	record Consents(List<Consent> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long next) {
	}

}
