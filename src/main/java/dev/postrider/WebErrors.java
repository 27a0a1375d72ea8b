package dev.postrider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import static jakarta.servlet.RequestDispatcher.ERROR_REQUEST_URI;
import static jakarta.servlet.RequestDispatcher.ERROR_STATUS_CODE;

/**
 * What nobody else answers: problem details (RFC 9457) under {@code /api}, a page
 * elsewhere. Neither says more than the status; the log has the rest.
 */
@ControllerAdvice
@Controller
class WebErrors extends ResponseEntityExceptionHandler implements ErrorController {

	private final PageWords words;

	WebErrors(PageWords words) {
		this.words = words;
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception cause, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ServletWebRequest web = (ServletWebRequest) request;
		if (isApi(web.getRequest().getRequestURI())) {
			return super.handleExceptionInternal(cause, body, headers, status, request);
		}
		try {
			if (web.getResponse() != null) {
				web.getResponse().sendError(status.value());
			}
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@RequestMapping("/error")
	Object error(HttpServletRequest request) {
		HttpStatus status = (request.getAttribute(ERROR_STATUS_CODE) instanceof Integer code) ? HttpStatus.valueOf(code)
				: HttpStatus.NOT_FOUND;
		if (isApi(String.valueOf(request.getAttribute(ERROR_REQUEST_URI)))) {
			return ResponseEntity.status(status)
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(ProblemDetail.forStatus(status));
		}
		this.words.give(request);
		return new ModelAndView("error", Map.of("status", status.value()), status);
	}

	private static boolean isApi(String path) {
		return path.startsWith("/api/");
	}

}
