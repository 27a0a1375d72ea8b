package dev.postrider.mail.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The providers of {@code mail/providers.txt}.
 */
@Component
class KnownProviders {

	private final Map<String, String> titles = new LinkedHashMap<>();

	private final Map<String, String> bySuffix = new HashMap<>();

	private final Map<String, String> byDomain = new HashMap<>();

	KnownProviders() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
				new ClassPathResource("mail/providers.txt").getInputStream(), StandardCharsets.UTF_8))) {
			lines.lines().filter((line) -> !line.startsWith("#") && !line.isBlank()).forEach(this::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(String line) {
		String[] fields = line.split("\\|", -1);
		String name = fields[0].strip();
		this.titles.put(name, fields[1].strip());
		for (String suffix : fields[2].strip().split(" +")) {
			this.bySuffix.put(suffix, name);
		}
		for (String domain : fields[3].strip().split(" +")) {
			this.byDomain.put(domain, name);
		}
	}

	/** Whose a mail server is: the longest ending that is known decides. */
	@Nullable String byMx(String host) {
		String rest = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
		while (!rest.isEmpty()) {
			String name = this.bySuffix.get(rest);
			if (name != null) {
				return name;
			}
			int dot = rest.indexOf('.');
			rest = (dot < 0) ? "" : rest.substring(dot + 1);
		}
		return null;
	}

	@Nullable String byDomain(String domain) {
		return this.byDomain.get(domain);
	}

	/** Whether something can be said of it in the settings. */
	boolean isName(String name) {
		return this.titles.containsKey(name) || name.indexOf('.') > 0;
	}

	Set<String> names() {
		return this.titles.keySet();
	}

	String title(String name) {
		return this.titles.getOrDefault(name, name);
	}

}
