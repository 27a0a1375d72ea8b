package dev.postrider.subscription.web;

import java.time.Duration;
import java.util.Map;

import dev.postrider.mail.Writing;
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
import org.springframework.http.HttpStatus;
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

	private final ReaderPages pages;

	PersonalDataController(Preferences preferences, PreferencesPage page, PersonalData personalData,
			AddressChanges addressChanges, SignUpLimits limits, SubscriptionSettings settings, ReaderPages pages) {
		this.preferences = preferences;
		this.page = page;
		this.personalData = personalData;
		this.addressChanges = addressChanges;
		this.limits = limits;
		this.settings = settings;
		this.pages = pages;
	}

	@PostMapping(path = "/preferences/{token}", params = "action=show")
	ModelAndView show(@PathVariable String token, HttpServletRequest request) {
		return this.preferences.find(token).map((it) -> {
			Writing writing = this.pages.writing(request, it.id());
			return new ModelAndView("subscription/stored", Map.of("address", ReaderPages.masked(it, writing), "path",
					"/preferences/" + token, "data", new StoredData(writing).of(this.personalData.export(it.id()))));
		}).orElseGet(() -> this.pages.unknownLink(request));
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
	ModelAndView erase(@PathVariable String token, @RequestParam(defaultValue = "false") boolean sure,
			HttpServletRequest request) {
		return this.preferences.find(token).map((it) -> {
			Writing writing = this.pages.writing(request, it.id());
			if (!sure) {
				return this.page.of(it, null, Map.of("sure", writing.say("notSure")), writing);
			}
			this.personalData.erase(it.id(), Evidence.Channel.PAGE);
			return ReaderPages.note(writing.say("erased"), writing.say("erasedText"), HttpStatus.OK);
		}).orElseGet(() -> this.pages.unknownLink(request));
	}

	/** The answer is the same whether or not the new address is known. */
	@PostMapping(path = "/preferences/{token}", params = "action=address")
	ModelAndView move(@PathVariable String token, @RequestParam(defaultValue = "") String email,
			HttpServletRequest request) {
		return this.preferences.find(token)
			.map((it) -> move(it, SignUpForm.trim(email), request, this.pages.writing(request, it.id())))
			.orElseGet(() -> this.pages.unknownLink(request));
	}

	private ModelAndView move(Subscriber subscriber, String typed, HttpServletRequest request, Writing writing) {
		if (!this.addressChanges.isOpenTo(subscriber)) {
			return this.page.of(subscriber, null, Map.of("form", writing.say("moveClosed")), writing);
		}
		String error;
		try {
			EmailAddress wanted = AddressGate.admit(typed);
			if (wanted.value().equals(subscriber.email())) {
				error = writing.say("moveSame");
			}
			else {
				Duration wait = this.limits.count(WebEvidence.ip(request), wanted).orElse(null);
				if (wait == null) {
					this.addressChanges.ask(subscriber.id(), wanted);
					String hours = writing.count("countHours", this.settings.confirmWithin().toHours());
					return this.page.of(subscriber, writing.tell("moveAsked", wanted.value(), hours), Map.of(),
							writing);
				}
				error = writing.tell("tooManyRequests", SignUpController.minutes(wait, writing));
			}
		}
		catch (RefusedAddressException ex) {
			error = ex.in(writing);
		}
		ModelAndView page = this.page.of(subscriber, null, Map.of("email", error), writing);
		page.addObject("typed", typed);
		return page;
	}

}
