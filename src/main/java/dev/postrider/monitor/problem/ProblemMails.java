package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.Outbox.SingleMail;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.SystemSender;
import dev.postrider.staff.StaffDirectory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the admins of new problems, once: all that are new in one mail. While there is no
 * admin they wait. One that comes and goes is told at most once an hour.
 */
@Component
class ProblemMails {

	private static final Duration USEFUL_FOR = Duration.ofHours(24);

	private static final Duration SAME_AGAIN = Duration.ofHours(1);

	private final JdbcClient jdbc;

	private final StaffDirectory staff;

	private final LetterRenderer renderer;

	private final Outbox outbox;

	private final SystemSender sender;

	private final PublicUrl url;

	private final Clock clock;

	ProblemMails(JdbcClient jdbc, StaffDirectory staff, LetterRenderer renderer, Outbox outbox, SystemSender sender,
			PublicUrl url, Clock clock) {
		this.jdbc = jdbc;
		this.staff = staff;
		this.renderer = renderer;
		this.outbox = outbox;
		this.sender = sender;
		this.url = url;
		this.clock = clock;
	}

	/**
	 * Mails what is open and was not told yet. The rows are locked meanwhile, so that two
	 * processes do not both tell.
	 */
	@Transactional
	public void send() {
		List<String> admins = this.staff.adminEmails();
		if (admins.isEmpty()) {
			return;
		}
		List<News> untold = this.jdbc.sql("""
				SELECT id, kind, subject, message, remedy FROM problem
				WHERE open_key IS NOT NULL AND mailed_at IS NULL ORDER BY id FOR UPDATE SKIP LOCKED
				""").query(News.class).list();
		List<News> news = untold.stream().filter((problem) -> !toldLately(problem)).toList();
		untold.forEach((problem) -> this.jdbc.sql("UPDATE problem SET mailed_at = ? WHERE id = ?")
			.params(this.clock.instant(), problem.id())
			.update());
		if (!news.isEmpty()) {
			Letter letter = this.renderer.render("problem",
					Map.of("problems", news.stream().map(News::model).toList(), "monitor", this.url.of("/monitor")));
			admins.forEach((admin) -> this.outbox
				.submit(new SingleMail("problem", this.sender.sender(), admin, letter, USEFUL_FOR)));
		}
	}

	private boolean toldLately(News problem) {
		Instant since = this.clock.instant().minus(SAME_AGAIN);
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM problem
				WHERE last_seen_at > ? AND kind = ? AND subject = ? AND mailed_at > ? AND id <> ?
				""")
			.params(since, problem.kind(), problem.subject(), since, problem.id())
			.query(Long.class)
			.single() > 0;
	}

	private record News(long id, String kind, String subject, String message, String remedy) {

		Map<String, String> model() {
			return Map.of("title", this.subject + " " + Problem.Kind.valueOf(this.kind).words(), "message",
					this.message, "remedy", this.remedy);
		}

	}

}
