package dev.postrider.subscription.web;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses sign-ups in JSON that are larger than any real one, since everybody may send
 * them: by the length they claim, and by what they turn out to have.
 */
@Component
@FilterRegistration(urlPatterns = "/api/v1/subscriptions")
class SmallBodies extends OncePerRequestFilter {

	/** Bytes; a sign-up with everything has about one thousand. */
	static final int MAX = 16 * 1024;

	private final JsonMapper json;

	SmallBodies(JsonMapper json) {
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > MAX) {
			refuse(request, response);
			return;
		}
		byte[] body = request.getInputStream().readNBytes(MAX + 1);
		if (body.length > MAX) {
			refuse(request, response);
			return;
		}
		chain.doFilter(new Read(request, body), response);
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE,
				"The body is larger than %d bytes. A sign-up needs far less.".formatted(MAX));
		problem.setInstance(URI.create(request.getRequestURI()));
		response.setStatus(problem.getStatus());
		// What is left of the body is not worth reading.
		response.setHeader(HttpHeaders.CONNECTION, "close");
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.json.writeValue(response.getOutputStream(), problem);
	}

	/** A request whose body has been read. */
	private static final class Read extends HttpServletRequestWrapper {

		private final ServletInputStream body;

		Read(HttpServletRequest request, byte[] body) {
			super(request);
			this.body = new Body(new ByteArrayInputStream(body));
		}

		@Override
		public ServletInputStream getInputStream() {
			return this.body;
		}

		@Override
		public BufferedReader getReader() {
			return new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8));
		}

	}

	private static final class Body extends ServletInputStream {

		private final ByteArrayInputStream bytes;

		Body(ByteArrayInputStream bytes) {
			this.bytes = bytes;
		}

		@Override
		public int read() {
			return this.bytes.read();
		}

		@Override
		public int read(byte[] into, int from, int length) {
			return this.bytes.read(into, from, length);
		}

		@Override
		public boolean isFinished() {
			return this.bytes.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new IllegalStateException("The body has been read");
		}

	}

}
