package dev.postrider.subscription.web;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.mail.ReaderField;
import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;
import dev.postrider.subscription.batch.Imports;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.RefusedAddressException;
import dev.postrider.subscription.list.StoredAttributes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What newsletters keep about their readers: declared by editors, filled by programs of
 * admins.
 */
@RestController
class AttributesApi {

	/** Each is a field of mails; more would be a customer database. */
	private static final int MOST = 30;

	private final Newsletters newsletters;

	private final StoredAttributes attributes;

	private final Audit audit;

	AttributesApi(Newsletters newsletters, StoredAttributes attributes, Audit audit) {
		this.newsletters = newsletters;
		this.attributes = attributes;
		this.audit = audit;
	}

	/** A newsletter's attributes by name; never more than a page. */
	@GetMapping("/api/v1/newsletters/{slug}/attributes")
	Page list(@PathVariable String slug) {
		return new Page(this.newsletters.attributes(newsletter(slug).id()), null);
	}

	/** Declares an attribute, or changes one. */
	@PutMapping("/api/v1/newsletters/{slug}/attributes/{name}")
	Attribute declare(@PathVariable String slug, @PathVariable String name, @Valid @RequestBody Declared body) {
		Newsletter newsletter = newsletter(slug);
		List<Attribute> known = this.newsletters.attributes(newsletter.id());
		if (known.size() >= MOST && known.stream().noneMatch((it) -> it.name().equals(name))) {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT,
					newsletter.name() + " has " + MOST + " attributes already; forget one first.");
		}
		Attribute attribute = new Attribute(checked(name), Objects.requireNonNull(body.label()).strip(),
				Objects.requireNonNullElse(body.fallback(), "").strip());
		this.newsletters.declare(newsletter.id(), attribute);
		this.audit.record("attribute.declare", newsletter.slug(), name);
		return attribute;
	}

	/** Forgets an attribute and what was kept of it. */
	@DeleteMapping("/api/v1/newsletters/{slug}/attributes/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void forget(@PathVariable String slug, @PathVariable String name) {
		Newsletter newsletter = newsletter(slug);
		if (!this.newsletters.forget(newsletter.id(), name)) {
			throw problem(HttpStatus.NOT_FOUND, newsletter.name() + " has no attribute of this name.");
		}
		this.audit.record("attribute.forget", newsletter.slug(), name);
	}

	/**
	 * Sets attributes of one subscriber; those not named stay, an empty value forgets.
	 * The address is in the body, where no log has it.
	 */
	@PostMapping("/api/v1/subscribers/attributes")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Transactional
	void set(@Valid @RequestBody Known body) {
		Newsletter newsletter = newsletter(Objects.requireNonNullElse(body.newsletter(), "highlights"));
		Map<String, String> values = new TreeMap<>();
		Objects.requireNonNullElse(body.attributes(), Collections.<String, @Nullable String>emptyMap())
			.forEach((name, value) -> values.put(name, Objects.requireNonNullElse(value, "").strip()));
		this.attributes.whyNot(newsletter.id(), values).ifPresent((why) -> {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT, why + ".");
		});
		try {
			if (!this.attributes.set(AddressGate.admit(Objects.requireNonNull(body.email())), newsletter.id(),
					values)) {
				throw problem(HttpStatus.NOT_FOUND, "Nobody is subscribed with this address.");
			}
		}
		catch (RefusedAddressException ex) {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT, "email: " + ex.getMessage());
		}
		this.audit.record("subscriber.attributes", newsletter.slug(), String.join(", ", values.keySet()));
	}

	private Newsletter newsletter(String slug) {
		return this.newsletters.find(slug)
			.orElseThrow(() -> problem(HttpStatus.NOT_FOUND, "There is no newsletter with the slug you gave."));
	}

	private static String checked(String name) {
		try {
			String key = ReaderField.attribute(name).key();
			if (Imports.isReserved(key)) {
				throw problem(HttpStatus.UNPROCESSABLE_CONTENT, "\"" + key
						+ "\" is the name of a column in files of readers; an attribute needs a name of its own");
			}
			return key;
		}
		catch (IllegalArgumentException ex) {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(ex.getMessage()));
		}
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

	/**
	 * All attributes of a newsletter.
	 *
	 * @param items the attributes
	 * @param next there is no other page
	 */
	record Page(List<Attribute> items, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {
	}

	/**
	 * An attribute.
	 *
	 * @param label what it is called
	 * @param fallback what stands in the mail of a reader of whom it is not known
	 */
	record Declared(@NotBlank @Size(max = 120) @Nullable String label, @Size(max = 400) @Nullable String fallback) {
	}

	/**
	 * What is known about a subscriber.
	 *
	 * @param newsletter its slug
	 * @param email whose
	 * @param attributes values by name
	 */
	record Known(@Nullable String newsletter, @NotNull @Nullable String email,
			@NotNull @Nullable Map<String, @Nullable String> attributes) {
	}

}
