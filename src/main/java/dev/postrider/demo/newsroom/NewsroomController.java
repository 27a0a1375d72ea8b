package dev.postrider.demo.newsroom;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.postrider.mail.PublicUrl;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * The sample newsroom's site: front page, articles, feed, pictures and sound.
 */
@Controller
@Profile("demo")
@RequestMapping("/demo")
class NewsroomController {

	/** As for every page, and it may play sound. */
	private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; "
			+ "media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.UK);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.UK);

	private static final CacheControl A_DAY = CacheControl.maxAge(Duration.ofDays(1));

	private final Newsroom newsroom;

	private final PublicUrl url;

	private final ZoneId zone;

	private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();

	NewsroomController(Newsroom newsroom, PublicUrl url, @Value("${postrider.newsletter.time-zone}") ZoneId zone) {
		this.newsroom = newsroom;
		this.url = url;
		this.zone = zone;
	}

	@GetMapping
	String front(Model model, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", POLICY);
		Newsroom.Front front = this.newsroom.front();
		model.addAttribute("today", DAY.format(front.issue().at().atZone(this.zone)));
		model.addAttribute("teasers", front.items().stream().map((item) -> teaser(front.issue(), item)).toList());
		return "demo/front";
	}

	@GetMapping("/{issue:\\d{8}-\\d{6}}/{slug}")
	String article(@PathVariable String issue, @PathVariable String slug, Model model, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", POLICY);
		Issue from = Issue.byId(issue).orElseThrow(NewsroomController::notFound);
		NewsroomStory story = story(slug);
		Newsroom.Front front = this.newsroom.front();
		List<Teaser> more = front.items()
			.stream()
			.filter((item) -> !item.story().equals(story))
			.limit(3)
			.map((item) -> teaser(front.issue(), item))
			.toList();
		model.addAttribute("story", story);
		model.addAttribute("published", TIME.format(from.at().atZone(this.zone)));
		model.addAttribute("more", more);
		return "demo/article";
	}

	@GetMapping(value = "/feed.xml", produces = "application/rss+xml;charset=UTF-8")
	ResponseEntity<String> feed() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache())
			.body(NewsroomFeed.write(this.newsroom.front(), this.url));
	}

	@GetMapping(value = "/pictures/{slug}.jpg", produces = MediaType.IMAGE_JPEG_VALUE)
	ResponseEntity<byte[]> picture(@PathVariable String slug) {
		NewsroomStory story = story(slug);
		byte[] jpeg = this.pictures.computeIfAbsent(slug, (name) -> Picture.jpeg(story));
		return ResponseEntity.ok().cacheControl(A_DAY).body(jpeg);
	}

	@GetMapping(value = "/audio/{slug}.wav", produces = "audio/wav")
	ResponseEntity<byte[]> sound(@PathVariable String slug) {
		if (!story(slug).isPodcast()) {
			throw notFound();
		}
		return ResponseEntity.ok().cacheControl(A_DAY).body(Sound.of(slug));
	}

	private NewsroomStory story(String slug) {
		return this.newsroom.story(slug).orElseThrow(NewsroomController::notFound);
	}

	private Teaser teaser(Issue issue, Issue.Item item) {
		return new Teaser(item.story(), "/demo/" + issue.id() + "/" + item.story().slug(), time(item.publishedAt()));
	}

	private String time(Instant at) {
		return TIME.format(at.atZone(this.zone));
	}

	private static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	/**
	 * A story on the front page.
	 *
	 * @param story what
	 * @param href its address
	 * @param time when it was published, in words
	 */
	public record Teaser(NewsroomStory story, String href, String time) {
	}

}
