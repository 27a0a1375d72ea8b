package dev.postrider.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.postrider.delivery.Deliveries;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.run.Run;
import dev.postrider.run.RunHistory;
import dev.postrider.run.RunRefusedException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
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
 * The runs' pages: list, one run as it goes, stop and restart.
 */
@Controller
@RequestMapping("/monitor/runs")
class RunsController {

	private static final int PAGE = 50;

	private final RunHistory runs;

	private final RunViews views;

	private final RunControl control;

	private final SendingProgress sending;

	private final FailedDeliveries failed;

	private final Deliveries deliveries;

	private final Clock clock;

	RunsController(RunHistory runs, RunViews views, RunControl control, SendingProgress sending,
			FailedDeliveries failed, Deliveries deliveries, Clock clock) {
		this.runs = runs;
		this.views = views;
		this.control = control;
		this.sending = sending;
		this.failed = failed;
		this.deliveries = deliveries;
		this.clock = clock;
	}

	@GetMapping
	String list(@RequestParam(required = false) @Nullable String job,
			@RequestParam(required = false) @Nullable Long before, Model model) {
		String wanted = (job != null && !job.isBlank()) ? job : null;
		List<Run> page = this.runs.list(wanted, before, PAGE);
		model.addAttribute("runs", page.stream().map(this.views::of).toList());
		model.addAttribute("job", (wanted != null) ? wanted : "");
		if (page.size() == PAGE) {
			model.addAttribute("older", page.get(PAGE - 1).id());
		}
		return "monitor/runs";
	}

	@GetMapping("/{id}")
	String one(@PathVariable long id, Model model) {
		Run run = find(id);
		progress(run, model);
		this.views.edition(run).ifPresent((edition) -> {
			model.addAttribute("failedDeliveries", this.failed.of(edition.id()));
			model.addAttribute("editionId", edition.id());
			model.addAttribute("compacted", this.deliveries.isCompacted(edition.id()));
		});
		return "monitor/run";
	}

	/** What changes while a run goes; once it is over the whole page is asked for. */
	@GetMapping("/{id}/live")
	String live(@PathVariable long id, Model model, HttpServletResponse response) {
		Run run = find(id);
		if (!run.isRunning()) {
			response.setHeader("HX-Refresh", "true");
		}
		progress(run, model);
		return "monitor/run-live";
	}

	private void progress(Run run, Model model) {
		model.addAttribute("run", this.views.of(run));
		Optional<Edition> edition = this.views.edition(run);
		if (edition.isPresent()) {
			SendingProgress.Progress progress = this.sending.of(edition.get());
			model.addAttribute("progress", progress);
			if (progress.doneAt() != null) {
				model.addAttribute("left", Moment.words(Duration.between(this.clock.instant(), progress.doneAt())));
			}
		}
	}

	@PostMapping("/{id}/stop")
	String stop(@PathVariable long id, RedirectAttributes next) {
		Run run = find(id);
		try {
			this.control.stop(run);
			next.addFlashAttribute("notice",
					"The run is asked to stop. What is in flight is finished and written, then it ends.");
		}
		catch (RunRefusedException | EditionException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
		}
		return "redirect:/monitor/runs/" + id;
	}

	@PostMapping("/{id}/restart")
	String restart(@PathVariable long id, RedirectAttributes next) {
		find(id);
		try {
			long continued = this.control.restart(id);
			next.addFlashAttribute("notice", "Run " + id + " goes on here, where it stopped.");
			return "redirect:/monitor/runs/" + continued;
		}
		catch (RunRefusedException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
			return "redirect:/monitor/runs/" + id;
		}
	}

	private Run find(long id) {
		return this.runs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
