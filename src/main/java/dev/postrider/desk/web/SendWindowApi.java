package dev.postrider.desk.web;

import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * How fast a newsletter goes out, for programs.
 */
@RestController
@RequestMapping("/api/v1/newsletters/{slug}/sending")
class SendWindowApi {

	private final Editing editing;

	private final SendWindows windows;

	SendWindowApi(Editing editing, SendWindows windows) {
		this.editing = editing;
		this.windows = windows;
	}

	@GetMapping
	Body sending(@PathVariable String slug) {
		return new Body((int) this.editing.newsletter(slug).sendWindow().toMinutes());
	}

	/** Holds from the next edition on. */
	@PutMapping
	Body change(@PathVariable String slug, @RequestBody Body body) {
		Newsletter newsletter = this.editing.newsletter(slug);
		Integer minutes = body.windowMinutes();
		String wrong = SendWindows.wrong(newsletter, (minutes != null) ? String.valueOf(minutes) : "");
		if (wrong != null || minutes == null) {
			throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "windowMinutes: " + wrong);
		}
		this.windows.change(newsletter, minutes);
		return sending(slug);
	}

	/**
	 * How fast it goes out.
	 *
	 * @param windowMinutes what an edition is spread over; 0: at once
	 */
	record Body(@Nullable Integer windowMinutes) {
	}

}
