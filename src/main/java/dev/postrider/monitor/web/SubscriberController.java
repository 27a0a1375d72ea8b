package dev.postrider.monitor.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.Deliveries.Proof;
import dev.postrider.Masked;
import dev.postrider.staff.Audit;
import dev.postrider.subscription.SubscriberActionException;
import dev.postrider.subscription.SubscriberControl;
import dev.postrider.subscription.SubscriberDirectory;
import dev.postrider.subscription.SubscriberDirectory.Consent;
import dev.postrider.subscription.SubscriberDirectory.Entry;
import dev.postrider.subscription.Suppressions.Reason;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * One reader's page: what is kept, what was sent, and what the staff can do, each action
 * with a reason that goes into the audit.
 */
@Controller
@RequestMapping("/monitor/subscribers/{id}")
class SubscriberController {

	private static final int SHOWN = 50;

	private static final int DELIVERIES = 20;

	private static final int LONGEST_REASON = 200;

	private final SubscriberDirectory directory;

	private final SubscriberControl control;

	private final SubscriberViews views;

	private final Deliveries deliveries;

	private final Audit audit;

	SubscriberController(SubscriberDirectory directory, SubscriberControl control, SubscriberViews views,
			Deliveries deliveries, Audit audit) {
		this.directory = directory;
		this.control = control;
		this.views = views;
		this.deliveries = deliveries;
		this.audit = audit;
	}

	@GetMapping
	String page(@PathVariable long id, Model model) {
		Entry entry = entry(id);
		this.audit.record("subscriber.read", "subscriber " + id, null);
		List<Consent> consents = this.directory.consents(id);
		model.addAttribute("reader", this.views.of(entry));
		model.addAttribute("erased", entry.email() == null);
		model.addAttribute("subscriptions", this.directory.subscriptions(id).stream().map(this.views::of).toList());
		model.addAttribute("history", this.directory.history(id).stream().map(this.views::of).toList());
		model.addAttribute("consentCount", consents.size());
		List<Consent> latest = new ArrayList<>(consents.subList(Math.max(0, consents.size() - SHOWN), consents.size()));
		Collections.reverse(latest);
		model.addAttribute("consents", latest.stream().map(this.views::of).toList());
		model.addAttribute("deliveries", deliveries(entry).stream().map(this.views::of).toList());
		this.directory.suppression(id).ifPresent((it) -> {
			model.addAttribute("suppressed", SubscriberViews.reason(it.reason().name()));
			model.addAttribute("suppressedSince", Moment.of(it.since(), this.views.zone()));
			model.addAttribute("liftable", it.reason() == Reason.MANUAL);
			model.addAttribute("final", it.reason() == Reason.MANUAL || it.reason() == Reason.COMPLAINT);
		});
		return "monitor/subscriber";
	}

	/** The consent record of one reader, to be handed on as proof. */
	@GetMapping("/consents.json")
	ResponseEntity<Map<String, Object>> consents(@PathVariable long id) {
		entry(id);
		this.audit.record("subscriber.consents", "subscriber " + id, null);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"consents-" + id + ".json\"")
			.body(Map.of("subscriber", id, "consents", this.directory.consents(id)));
	}

	@PostMapping("/suppress")
	String suppress(@PathVariable long id, @RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
		return act(id, "suppress", reason, next, "Suppressed: this reader gets no mail until somebody here lifts it.",
				(why) -> this.control.suppress(id, why));
	}

	@PostMapping("/lift")
	String lift(@PathVariable long id, @RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
		return act(id, "lift", reason, next, "The suppression by the staff is lifted.",
				(why) -> this.control.lift(id, why));
	}

	@PostMapping("/leave")
	String leave(@PathVariable long id, @RequestParam long newsletter, @RequestParam(defaultValue = "") String reason,
			RedirectAttributes next) {
		return act(id, "leave", reason, next, "Unsubscribed. Only the reader can sign up again.",
				(why) -> this.control.leave(id, newsletter, why));
	}

	@PostMapping("/ask-again")
	String askAgain(@PathVariable long id, @RequestParam long newsletter,
			@RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
		return act(id, "ask-again", reason, next, "A new confirmation mail is on its way.",
				(why) -> this.control.askAgain(id, newsletter));
	}

	@PostMapping("/erase")
	String erase(@PathVariable long id, @RequestParam(defaultValue = "") String reason,
			@RequestParam(defaultValue = "false") boolean sure, RedirectAttributes next) {
		if (!sure) {
			next.addFlashAttribute("failure", "Nothing was erased: tick the box to say that you are sure.");
			return "redirect:/monitor/subscribers/" + id;
		}
		return act(id, "erase", reason, next, "Erased: address, name and evidence are forgotten.",
				(why) -> this.control.erase(id, why));
	}

	private String act(long id, String action, String reason, RedirectAttributes next, String done, Action what) {
		Entry entry = entry(id);
		// What is written down for good holds no address.
		String why = Masked.in(reason.strip());
		if (why.isEmpty() || why.length() > LONGEST_REASON) {
			next.addFlashAttribute("failure",
					"Nothing was changed: say why, in 1 to " + LONGEST_REASON + " characters.");
			return "redirect:/monitor/subscribers/" + id;
		}
		try {
			what.act(why);
			this.audit.record("subscriber." + action, "subscriber " + entry.id(), why);
			next.addFlashAttribute("notice", done);
		}
		catch (SubscriberActionException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
		}
		return "redirect:/monitor/subscribers/" + id;
	}

	private List<Proof> deliveries(Entry entry) {
		String email = entry.email();
		return (email != null) ? this.deliveries.byEmail(email, DELIVERIES) : List.of();
	}

	private Entry entry(long id) {
		return this.directory.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no subscriber " + id));
	}

	/**
	 * What is done, with a checked reason.
	 */
	private interface Action {

		void act(String why);

	}

}
