package dev.postrider.desk.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

import dev.postrider.delivery.EditionReaders;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.staff.StaffDirectory;
import dev.postrider.story.StoryBans;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A mail as any reader gets it: its HTML, text, headers and source. No personal link in
 * it works, and a reader's address is in no address of a page.
 */
@Controller
@RequestMapping("/desk/editions/{id}/look")
class LookController {

	/** Sections seen lately are offered as topics. */
	private static final Duration RECENT = Duration.ofDays(30);

	private static final int SECTIONS = 40;

	/** Test mails to one account in an hour. */
	private static final int TESTS = 20;

	private final Editing editing;

	private final Looks looks;

	private final EditionReaders readers;

	private final StoryBans stories;

	private final Outbox outbox;

	private final StaffDirectory staff;

	private final Clock clock;

	LookController(Editing editing, Looks looks, EditionReaders readers, StoryBans stories, Outbox outbox,
			StaffDirectory staff, Clock clock) {
		this.editing = editing;
		this.looks = looks;
		this.readers = readers;
		this.stories = stories;
		this.outbox = outbox;
		this.staff = staff;
		this.clock = clock;
	}

	@GetMapping
	String look(@PathVariable long id, @ModelAttribute("form") LookForm form, Model model) {
		Edition edition = this.editing.edition(id);
		Newsletter newsletter = this.editing.newsletterOf(edition);
		Times times = Times.of(newsletter, this.clock.instant());
		model.addAttribute("id", id);
		model.addAttribute("title", EditionCard.title(edition, times));
		model.addAttribute("sections", this.stories.sections(times.now().minus(RECENT), SECTIONS));
		model.addAttribute("languages", this.looks.languages());
		model.addAttribute("designs", this.looks.designs(newsletter));
		model.addAttribute("ownDesign", newsletter.design());
		model.addAttribute("ownLanguage", newsletter.language());
		model.addAttribute("kept", edition.frozenAt() != null);
		model.addAttribute("me", this.staff.currentActor());
		try {
			Looks.Look look = this.looks.at(edition, newsletter, form);
			LookedAt seen = LookedAt.of(look.message());
			model.addAttribute("subject", seen.subject());
			model.addAttribute("reader", look.reader().email());
			if (form.reader() != null) {
				this.editing.record("edition.look", edition, "as reader " + form.reader());
			}
			model.addAttribute("own", form.reader() != null);
			model.addAttribute("readerTopics", look.reader().topics());
			model.addAttribute("signed", look.signed());
			model.addAttribute("size", look.message().length() / 1000);
			model.addAttribute("headers", look.headers());
			model.addAttribute("source", look.message().replace("\r\n", "\n"));
			model.addAttribute("text", seen.text());
		}
		catch (EditionException | TemplateException ex) {
			model.addAttribute("none", ex.getMessage());
		}
		return "desk/look";
	}

	/** Only the HTML, for the frame. */
	@GetMapping("/html")
	ResponseEntity<String> html(@PathVariable long id, @ModelAttribute LookForm form) {
		LookedAt mail = LookedAt.of(at(id, form).message());
		return PreviewController.framed(mail.in(String.valueOf(form.theme())), !"off".equals(form.images()));
	}

	/** The whole message as a file that mail programs open. */
	@GetMapping("/message.eml")
	ResponseEntity<byte[]> message(@PathVariable long id, @ModelAttribute LookForm form) {
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("message/rfc822"))
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("edition-" + id + ".eml").build().toString())
			.body(at(id, form).message().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Looks a reader up; by POST, so that the address stands in no log and no history.
	 */
	@PostMapping("/reader")
	String reader(@PathVariable long id, @ModelAttribute LookForm form, @RequestParam(defaultValue = "") String email,
			RedirectAttributes redirect) {
		Edition edition = this.editing.edition(id);
		Newsletter newsletter = this.editing.newsletterOf(edition);
		LookForm found = this.readers.idOf(newsletter.id(), email).map(form::as).orElseGet(() -> {
			redirect.addFlashAttribute("failure",
					"No reader of " + newsletter.name() + " has that address. Mind its spelling.");
			return form;
		});
		return "redirect:/desk/editions/" + id + "/look" + found.query();
	}

	/**
	 * Sends what is shown to the account that is signed in: there is no other address.
	 */
	@PostMapping("/test")
	String test(@PathVariable long id, @ModelAttribute LookForm form, RedirectAttributes redirect) {
		Edition edition = this.editing.edition(id);
		String back = "redirect:/desk/editions/" + id + "/look" + form.query();
		String me = this.staff.currentActor();
		if (this.outbox.count("test-edition", me, this.clock.instant().minus(Duration.ofHours(1))) >= TESTS) {
			redirect.addFlashAttribute("failure", "You have had " + TESTS + " test mails in an hour. Wait a while.");
			return back;
		}
		try {
			this.looks.sendToMe(edition, this.editing.newsletterOf(edition), form);
		}
		catch (EditionException | TemplateException ex) {
			redirect.addFlashAttribute("failure", ex.getMessage());
			return back;
		}
		this.editing.record("edition.test", edition, null);
		redirect.addFlashAttribute("notice", "On its way to " + me + ".");
		return back;
	}

	private Looks.Look at(long id, LookForm form) {
		Edition edition = this.editing.edition(id);
		return this.looks.at(edition, this.editing.newsletterOf(edition), form);
	}

}
