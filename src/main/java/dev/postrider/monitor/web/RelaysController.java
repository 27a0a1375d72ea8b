package dev.postrider.monitor.web;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.Relays;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * How the relays are, and how much of their limits is used: a page, and the same for
 * programs.
 */
@Controller
class RelaysController {

	private final Relays relays;

	private final Newsletters newsletters;

	RelaysController(Relays relays, Newsletters newsletters) {
		this.relays = relays;
		this.newsletters = newsletters;
	}

	@GetMapping("/monitor/relays")
	String page(Model model) {
		ZoneId zone = this.newsletters.all().stream().findFirst().map(Newsletter::zone).orElse(ZoneOffset.UTC);
		model.addAttribute("relays", this.relays.all().stream().map((relay) -> RelayView.of(relay, zone)).toList());
		return "monitor/relays";
	}

	/** In the order in which they are tried; as the process knows them that answers. */
	@GetMapping("/api/v1/relays")
	@ResponseBody
	List<RelayStatus> all() {
		return this.relays.all();
	}

	/**
	 * A relay as the page shows it.
	 */
	public record RelayView(String name, String address, String word, String tone, @Nullable String reason,
			@Nullable Moment since, int connections, List<UseView> uses) {

		static RelayView of(RelayStatus relay, ZoneId zone) {
			String word = switch (relay.state()) {
				case UNTRIED -> "Not tried yet";
				case ANSWERS -> "Answers";
				case DOWN -> "Does not answer";
			};
			String tone = switch (relay.state()) {
				case UNTRIED -> "";
				case ANSWERS -> "good";
				case DOWN -> "bad";
			};
			return new RelayView(relay.name(), relay.address(), word, tone, relay.reason(),
					Moment.orNull(relay.since(), zone), relay.connections(),
					relay.uses().stream().map(UseView::of).toList());
		}

	}

	/**
	 * How much of a limit is used.
	 */
	public record UseView(String text, int percent) {

		static UseView of(RelayStatus.Use use) {
			String most = String.format(Locale.UK, "%,d", use.most());
			String used = String.format(Locale.UK, "%,d", use.used());
			String text = switch (use.limit()) {
				case SECOND -> "at most " + most + " a second";
				case HOUR -> used + " of " + most + " this hour";
				case DAY -> used + " of " + most + " today";
				case CONNECTIONS -> used + " of " + most + " connections";
			};
			return new UseView(text, (use.most() > 0) ? (int) Math.min(100, 100 * use.used() / use.most()) : 0);
		}

	}

}
