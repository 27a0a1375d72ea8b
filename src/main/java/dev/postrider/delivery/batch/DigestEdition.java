package dev.postrider.delivery.batch;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

import dev.postrider.edition.Edition;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.stereotype.Component;

/**
 * Which edition a run of the digest job is about: its identity is newsletter, date and
 * number.
 */
@Component
class DigestEdition {

	static final String NEWSLETTER = "newsletter";

	static final String DATE = "date";

	static final String NUMBER = "number";

	private final Newsletters newsletters;

	private final Editions editions;

	DigestEdition(Newsletters newsletters, Editions editions) {
		this.newsletters = newsletters;
		this.editions = editions;
	}

	static Map<String, String> identity(String slug, LocalDate date, int number) {
		return Map.of(NEWSLETTER, slug, DATE, date.toString(), NUMBER, String.valueOf(number));
	}

	Newsletter newsletter(JobExecution run) {
		String slug = parameter(run, NEWSLETTER);
		return this.newsletters.find(slug)
			.orElseThrow(() -> new IllegalStateException("There is no newsletter \"" + slug + "\""));
	}

	LocalDate date(JobExecution run) {
		return LocalDate.parse(parameter(run, DATE));
	}

	int number(JobExecution run) {
		return Integer.parseInt(parameter(run, NUMBER));
	}

	Edition edition(JobExecution run) {
		Newsletter newsletter = newsletter(run);
		return this.editions.find(newsletter.id(), date(run), number(run))
			.orElseThrow(() -> new IllegalStateException("The edition of " + newsletter.slug() + " of "
					+ parameter(run, DATE) + " number " + parameter(run, NUMBER) + " is gone"));
	}

	private static String parameter(JobExecution run, String name) {
		return Objects.requireNonNull(run.getJobParameters().getString(name), name);
	}

}
