package dev.postrider.subscription.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.postrider.subscription.list.AddressChanges;
import dev.postrider.subscription.list.AddressGate;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.PersonalData;
import dev.postrider.subscription.list.Preferences;
import dev.postrider.subscription.list.RefusedAddressException;
import dev.postrider.subscription.list.Subscriber;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * What concerns the person rather than a newsletter: the address, and what is kept.
 */
@Controller
class PersonalDataController {

	private final Preferences preferences;

	private final PreferencesPage page;

	private final PersonalData personalData;

	private final AddressChanges addressChanges;

	private final SignUpLimits limits;

	private final SubscriptionSettings settings;

	PersonalDataController(Preferences preferences, PreferencesPage page, PersonalData personalData,
			AddressChanges addressChanges, SignUpLimits limits, SubscriptionSettings settings) {
		this.preferences = preferences;
		this.page = page;
		this.personalData = personalData;
		this.addressChanges = addressChanges;
		this.limits = limits;
		this.settings = settings;
	}

	@PostMapping(path = "/preferences/{token}", params = "action=show")
	ModelAndView show(@PathVariable String token) {
		return this.preferences.find(token)
			.map((it) -> new ModelAndView("subscription/stored",
					Map.of("address", it.masked(), "path", "/preferences/" + token, "data",
							StoredView.of(this.personalData.export(it.id())))))
			.orElseGet(TokenPages::unknownLink);
	}

	@PostMapping(path = "/preferences/{token}", params = "action=export")
	ResponseEntity<Map<String, Object>> export(@PathVariable String token) {
		return this.preferences.find(token)
			.map((it) -> ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")
				.body(this.personalData.export(it.id())))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	@PostMapping(path = "/preferences/{token}", params = "action=erase")
	ModelAndView erase(@PathVariable String token, @RequestParam(defaultValue = "false") boolean sure) {
		Optional<Subscriber> subscriber = this.preferences.find(token);
		if (subscriber.isPresent() && !sure) {
			return this.page.of(subscriber.get(), null, Map.of("sure", "Tick the box if you want everything erased."));
		}
		return subscriber.map((it) -> {
			this.personalData.erase(it.id(), Evidence.Channel.PAGE);
			return new ModelAndView("subscription/note",
					Map.of("title", "Your data is erased", "text",
							"We have forgotten your address and name, and you will get no more mail. "
									+ "You can sign up again at any time."));
		}).orElseGet(TokenPages::unknownLink);
	}

	/** The answer is the same whether or not the new address is known. */
	@PostMapping(path = "/preferences/{token}", params = "action=address")
	ModelAndView move(@PathVariable String token, @RequestParam(defaultValue = "") String email,
			HttpServletRequest request) {
		return this.preferences.find(token)
			.map((it) -> move(it, SignUpForm.trim(email), request))
			.orElseGet(TokenPages::unknownLink);
	}

	private ModelAndView move(Subscriber subscriber, String typed, HttpServletRequest request) {
		if (!this.addressChanges.isOpenTo(subscriber)) {
			return this.page.of(subscriber, null,
					Map.of("form", "The address of this subscription cannot be changed. Sign up with the new one."));
		}
		String error;
		try {
			EmailAddress wanted = AddressGate.admit(typed);
			if (wanted.value().equals(subscriber.email())) {
				error = "They come to this address already.";
			}
			else {
				Duration wait = this.limits.count(WebEvidence.ip(request), wanted).orElse(null);
				if (wait == null) {
					this.addressChanges.ask(subscriber.id(), wanted);
					return this.page.of(subscriber,
							"We have written to " + wanted.value() + ". Press the button in that mail within "
									+ this.settings.confirmWithin().toHours()
									+ " hours; until then everything stays as it is.",
							Map.of());
				}
				error = "There were too many requests. Please wait " + Math.max(1, wait.toMinutes())
						+ " min and try again.";
			}
		}
		catch (RefusedAddressException ex) {
			error = String.valueOf(ex.getMessage());
		}
		ModelAndView page = this.page.of(subscriber, null, Map.of("email", error));
		page.addObject("typed", typed);
		return page;
	}

}
