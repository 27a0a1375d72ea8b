package dev.postrider.desk.web;

import dev.postrider.edition.EditionException;
import dev.postrider.mail.TemplateException;
import dev.postrider.run.RunRefusedException;
import dev.postrider.story.SourceException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What cannot be done is said on the page that the editor came from.
 */
@ControllerAdvice(
		assignableTypes = { DeskController.class, EditionController.class, PicksController.class, WordsController.class,
				SourcesController.class, FindingsController.class, LookController.class, WhyController.class,
				PickingController.class, BansController.class, CorrectionController.class, RehearsalController.class })
class DeskErrors {

	@ExceptionHandler({ EditionException.class, RunRefusedException.class, SourceException.class,
			TemplateException.class })
	String refused(RuntimeException ex, HttpServletRequest request, RedirectAttributes redirect) {
		redirect.addFlashAttribute("failure", ex.getMessage());
		return "redirect:" + page(request.getRequestURI());
	}

	@ExceptionHandler
	String busy(ConcurrencyFailureException ex, HttpServletRequest request, RedirectAttributes redirect) {
		redirect.addFlashAttribute("failure",
				"Another editor is changing this at the same moment, so nothing was changed. Try again.");
		return "redirect:" + page(request.getRequestURI());
	}

	/** The page above an action: {@code /desk/editions/5/approve} gives the edition. */
	static String page(String path) {
		String[] parts = path.split("/");
		if (parts.length > 4 && parts[2].equals("editions") && parts[3].matches("[0-9]{1,18}")) {
			return "/desk/editions/" + parts[3];
		}
		return (parts.length > 3 && parts[2].equals("sources")) ? "/desk/sources" : "/desk";
	}

}
