package dev.postrider.monitor.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.monitor.problem.Problem;
import dev.postrider.monitor.problem.Problems;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.run.RunHistory;
import dev.postrider.staff.Audit;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The admins' first page: state, problems, runs. And the audit.
 */
@Controller
@RequestMapping("/monitor")
class MonitorController {

	private static final int RUNS = 8;

	private static final int RESOLVED = 10;

	private static final int AUDIT_PAGE = 100;

	private final Headlines headlines;

	private final Problems problems;

	private final RunHistory runs;

	private final RunViews views;

	private final Newsletters newsletters;

	private final Audit audit;

	MonitorController(Headlines headlines, Problems problems, RunHistory runs, RunViews views, Newsletters newsletters,
			Audit audit) {
		this.headlines = headlines;
		this.problems = problems;
		this.runs = runs;
		this.views = views;
		this.newsletters = newsletters;
		this.audit = audit;
	}

	@GetMapping
	String home(Model model) {
		state(model);
		ZoneId zone = zone();
		model.addAttribute("problems", this.problems.open().stream().map((one) -> ProblemView.of(one, zone)).toList());
		model.addAttribute("resolved",
				this.problems.resolved(RESOLVED).stream().map((one) -> ProblemView.of(one, zone)).toList());
		model.addAttribute("runs", this.runs.list(DigestRuns.JOB, null, RUNS).stream().map(this.views::of).toList());
		return "monitor/home";
	}

	/** The sentences alone, which renew themselves. */
	@GetMapping("/state")
	String state(Model model) {
		List<Headlines.Headline> all = this.headlines.all();
		model.addAttribute("headlines", all);
		model.addAttribute("live", all.stream().anyMatch(Headlines.Headline::live));
		return "monitor/state";
	}

	@GetMapping("/audit")
	String audit(@RequestParam(required = false) @Nullable Long before, Model model) {
		ZoneId zone = zone();
		List<Audit.Entry> entries = this.audit.entries(before, AUDIT_PAGE);
		model.addAttribute("entries", entries.stream().map((entry) -> AuditView.of(entry, zone)).toList());
		if (entries.size() == AUDIT_PAGE) {
			model.addAttribute("older", entries.get(AUDIT_PAGE - 1).id());
		}
		return "monitor/audit";
	}

	private ZoneId zone() {
		return this.newsletters.all().stream().findFirst().map(Newsletter::zone).orElse(ZoneOffset.UTC);
	}

	/**
	 * A problem as the page shows it.
	 */
	public record ProblemView(String title, String message, String remedy, Moment since, @Nullable Moment resolved) {

		static ProblemView of(Problem problem, ZoneId zone) {
			Instant resolved = problem.resolvedAt();
			return new ProblemView(problem.title(), problem.message(), problem.remedy(),
					Moment.of(problem.firstSeenAt(), zone), Moment.orNull(resolved, zone));
		}

	}

	/**
	 * An entry of the audit as the page shows it.
	 */
	public record AuditView(Moment at, String actor, String action, String subject, @Nullable String detail) {

		static AuditView of(Audit.Entry entry, ZoneId zone) {
			return new AuditView(Moment.of(entry.at(), zone), entry.actor(), entry.action(), entry.subject(),
					entry.detail());
		}

	}

}
