package dev.postrider.desk.web;

import dev.postrider.edition.EditionException;
import dev.postrider.edition.GateException;
import dev.postrider.mail.TemplateException;
import dev.postrider.run.RunRefusedException;
import dev.postrider.story.SourceException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * What cannot be done, as a problem with its reason.
 */
@RestControllerAdvice(assignableTypes = EditionsApi.class)
class EditionsApiErrors {

	@ExceptionHandler
	ProblemDetail gate(GateException ex) {
		ProblemDetail problem = problem(HttpStatus.CONFLICT, "The gate does not let it pass", ex);
		problem.setProperty("findings", FindingsBody.of(ex.report()).findings());
		return problem;
	}

	@ExceptionHandler({ EditionException.class, RunRefusedException.class, SourceException.class })
	ProblemDetail refused(RuntimeException ex) {
		return problem(HttpStatus.CONFLICT, "This cannot be done now", ex);
	}

	@ExceptionHandler
	ProblemDetail template(TemplateException ex) {
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The mail's template is wrong", ex);
	}

	private static ProblemDetail problem(HttpStatus status, String title, RuntimeException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(ex.getMessage()));
		problem.setTitle(title);
		return problem;
	}

}
