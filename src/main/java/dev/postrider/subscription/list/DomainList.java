package dev.postrider.subscription.list;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.io.ClassPathResource;

/**
 * Domains that a resource names, separated by spaces and line ends; a line that begins
 * with # is a remark.
 */
final class DomainList {

	private final Set<String> domains;

	private DomainList(Set<String> domains) {
		this.domains = Collections.unmodifiableSet(domains);
	}

	static DomainList of(String resource) {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new ClassPathResource(resource).getInputStream(), StandardCharsets.UTF_8))) {
			return new DomainList(lines.lines()
				.filter((line) -> !line.startsWith("#"))
				.flatMap((line) -> Stream.of(line.strip().split(" +")))
				.filter((domain) -> !domain.isEmpty())
				.collect(Collectors.toCollection(LinkedHashSet::new)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean has(String domain) {
		return this.domains.contains(domain);
	}

	/** Whether a domain or one above it is listed. */
	boolean covers(String domain) {
		String rest = domain;
		while (!rest.isEmpty()) {
			if (this.domains.contains(rest)) {
				return true;
			}
			int dot = rest.indexOf('.');
			rest = (dot < 0) ? "" : rest.substring(dot + 1);
		}
		return false;
	}

	/** In the order of the resource. */
	Set<String> all() {
		return this.domains;
	}

}
