package dev.postrider.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/**
 * Postrider as a process of its own, that a test can kill.
 */
public final class PostriderProcess implements AutoCloseable {

	public static final String TOKEN = "a-token-for-tests-that-kill-processes-0123456789";

	/** A thorough compiler would come too late. */
	private static final List<String> SHORT_LIVED = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port = SmtpSink.freePort();

	private final Path log;

	private final Process process;

	private PostriderProcess(Map<String, String> settings, List<String> jvm, Map<String, String> environment)
			throws IOException {
		Path folder = Files.createDirectories(Path.of("target", "processes"));
		this.log = folder.resolve("postrider-" + System.nanoTime() + ".log");
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
		command.addAll(jvm);
		command.addAll(List.of("-cp", classPath(), "dev.postrider.PostriderApplication",
				"--spring.profiles.active=test", "--server.port=" + this.port, "--spring.mail.host=127.0.0.1",
				"--spring.quartz.auto-startup=false", "--postrider.base-url=https://news.example",
				"--postrider.secret=a-secret-that-only-the-tests-know-0123456789",
				"--postrider.newsletter.sender-email=highlights@news.example",
				"--postrider.newsletter.postal-address=The Example, 1 Harbour Street, Exampletown"));
		settings.forEach((name, value) -> command.add("--" + name + "=" + value));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		builder.environment().put("POSTRIDER_STAFF_BOOTSTRAP_TOKEN", TOKEN);
		builder.environment().remove("SPRING_DATASOURCE_URL");
		builder.environment().putAll(environment);
		this.process = builder.start();
	}

	/** Starts one and waits until it is healthy. */
	public static PostriderProcess start(Map<String, String> settings) {
		PostriderProcess started = launch(settings);
		started.awaitHealth();
		return started;
	}

	/** Starts one without waiting. */
	public static PostriderProcess launch(Map<String, String> settings) {
		return launch(settings, SHORT_LIVED, Map.of());
	}

	/** The same with a JVM of one's own choice. */
	public static PostriderProcess launch(Map<String, String> settings, List<String> jvm) {
		return launch(settings, jvm, Map.of());
	}

	/** The same with environment variables of its own. */
	public static PostriderProcess launch(Map<String, String> settings, Map<String, String> environment) {
		return launch(settings, SHORT_LIVED, environment);
	}

	private static PostriderProcess launch(Map<String, String> settings, List<String> jvm,
			Map<String, String> environment) {
		try {
			return new PostriderProcess(settings, jvm, environment);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void awaitHealth() {
		await().atMost(Duration.ofSeconds(90)).until(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("Postrider ended:\n" + log());
			}
			return isHealthy();
		});
	}

	/** The process itself, for those who measure it. */
	public ProcessHandle handle() {
		return this.process.toHandle();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** SIGKILL: no handler runs. */
	public void kill() {
		this.process.destroyForcibly();
		waitForEnd();
	}

	/** SIGTERM. */
	public void terminate() {
		this.process.destroy();
		waitForEnd();
	}

	/** SIGSTOP: it stands still and notices nothing, its connections stay open. */
	public void freeze() {
		signal("STOP");
	}

	/** SIGCONT: it goes on as if nothing had been. */
	public void thaw() {
		signal("CONT");
	}

	private void signal(String name) {
		Judge.Answer answer = Judge.ask("kill", "-" + name, String.valueOf(this.process.pid()));
		if (answer.status() != 0) {
			throw new IllegalStateException("SIG" + name + ": " + answer.text());
		}
	}

	/** The exit code, once it has ended by itself. */
	public int awaitExit(Duration patience) throws InterruptedException {
		if (!this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("Postrider goes on:\n" + log());
		}
		return this.process.exitValue();
	}

	/** POSTs JSON to the API and gives the answer. */
	public String post(String path, String json) {
		HttpResponse<String> response = send(path, "application/json", json);
		if (response.statusCode() >= 300) {
			throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
		}
		return response.body();
	}

	/** POSTs to one of its addresses, as staff, and gives the answer whatever it is. */
	public HttpResponse<String> send(String path, String type, String body) {
		return send(path, type, HttpRequest.BodyPublishers.ofString(body));
	}

	/** The same with a file. */
	public HttpResponse<String> sendFile(String path, String type, Path file) {
		try {
			return send(path, type, HttpRequest.BodyPublishers.ofFile(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private HttpResponse<String> send(String path, String type, HttpRequest.BodyPublisher body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Bearer " + TOKEN)
			.header("Content-Type", type)
			.POST(body)
			.build();
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	public String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	private boolean isHealthy() throws InterruptedException {
		try {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/actuator/health/readiness"))
				.build();
			return this.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
		}
		catch (IOException ex) {
			// Not listening yet.
			return false;
		}
	}

	private void waitForEnd() {
		try {
			this.process.waitFor(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Without the tests' own classes: the process is Postrider as it is shipped. */
	private static String classPath() {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.stream(path.split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
