package dev.postrider.monitor.web;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import dev.postrider.Masked;
import dev.postrider.mail.ProviderStatus;
import dev.postrider.mail.Providers;
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
 * How the relays and the recipients' providers are, and how much of their limits is used:
 * a page, and the same for programs.
 */
@Controller
class RelaysController {

	private final Relays relays;

	private final Providers providers;

	private final Newsletters newsletters;

	RelaysController(Relays relays, Providers providers, Newsletters newsletters) {
		this.relays = relays;
		this.providers = providers;
		this.newsletters = newsletters;
	}

	@GetMapping("/monitor/relays")
	String page(Model model) {
		ZoneId zone = this.newsletters.all().stream().findFirst().map(Newsletter::zone).orElse(ZoneOffset.UTC);
		model.addAttribute("relays", this.relays.all().stream().map((relay) -> RelayView.of(relay, zone)).toList());
		model.addAttribute("providers",
				this.providers.all().stream().map((provider) -> ProviderView.of(provider, zone)).toList());
		return "monitor/relays";
	}

	/** Recipients' providers that are slowed, or were written to lately. */
	@GetMapping("/api/v1/providers")
	@ResponseBody
	List<ProviderStatus> providers() {
		return this.providers.all();
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

	/**
	 * A provider as the page shows it.
	 */
	public record ProviderView(String title, String word, String tone, @Nullable Moment until, @Nullable String reason,
			String pace, int inFlight, String answers) {

		static ProviderView of(ProviderStatus provider, ZoneId zone) {
			boolean paused = provider.pausedUntil() != null;
			boolean slowed = provider.reason() != null;
			Double most = provider.perSecond();
			return new ProviderView(provider.title(), paused ? "Paused" : slowed ? "Slowed" : "As fast as it goes",
					paused ? "warn" : slowed ? "busy" : "good", Moment.orNull(provider.pausedUntil(), zone),
					(provider.reason() != null) ? Masked.in(provider.reason()) : null,
					(most != null) ? String.format(Locale.UK, "%,.1f a second", most) : "no limit", provider.inFlight(),
					String.format(Locale.UK, "%.2f s", provider.seconds()));
		}

	}

}
