package dev.postrider.desk.web;

import java.time.Clock;
import java.time.LocalTime;

import dev.postrider.delivery.Deliveries;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.PublicationCalendar;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import jakarta.servlet.http.HttpServletResponse;

/**
 * How fast a newsletter goes out.
 */
@Controller
@RequestMapping("/desk/newsletters/{slug}/sending")
class SendWindowController {

	private final Editing editing;

	private final SendWindows windows;

	private final Deliveries deliveries;

	private final Clock clock;

	SendWindowController(Editing editing, SendWindows windows, Deliveries deliveries, Clock clock) {
		this.editing = editing;
		this.windows = windows;
		this.deliveries = deliveries;
		this.clock = clock;
	}

	@GetMapping
	String form(@PathVariable String slug, Model model) {
		Newsletter newsletter = this.editing.newsletter(slug);
		return show(newsletter, String.valueOf(newsletter.sendWindow().toMinutes()), null, model);
	}

	@PostMapping
	String save(@PathVariable String slug, @RequestParam(defaultValue = "") String minutes, Model model,
			HttpServletResponse response, RedirectAttributes redirect) {
		Newsletter newsletter = this.editing.newsletter(slug);
		String wrong = SendWindows.wrong(newsletter, minutes);
		if (wrong != null) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return show(newsletter, minutes, wrong, model);
		}
		this.windows.change(newsletter, Integer.parseInt(minutes.strip()));
		redirect.addFlashAttribute("notice", "Saved. It holds from the next edition on.");
		return "redirect:/desk/newsletters/" + slug + "/sending";
	}

	private String show(Newsletter newsletter, String minutes, @Nullable String error, Model model) {
		Times times = Times.of(newsletter, this.clock.instant());
		LocalTime begins = newsletter.sendTime();
		int readers = this.deliveries.audience(newsletter.id(),
				PublicationCalendar.next(newsletter, times.now()).date());
		long window = newsletter.sendWindow().toMinutes();
		model.addAttribute("slug", newsletter.slug());
		model.addAttribute("newsletter", newsletter.name());
		model.addAttribute("minutes", minutes);
		model.addAttribute("most", SendWindows.most(newsletter));
		model.addAttribute("error", error);
		model.addAttribute("now",
				(window == 0) ? "It goes out as fast as the relays take it, from " + begins + " on."
						: "It goes out from " + begins + " to " + begins.plusMinutes(window) + " ("
								+ newsletter.zone().getId() + "): " + Times.counted(readers, "reader") + ", "
								+ Times.number(Math.max(1, Math.round((double) readers / window))) + " a minute.");
		return "desk/sending";
	}

}
