package dev.postrider.edition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.postrider.edition.GateFinding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What the gate has to say about an edition.
 *
 * @param findings all there is, errors first
 * @param accepted who accepted which of the warnings, by {@link GateFinding#key()}
 */
public record GateReport(List<GateFinding> findings, Map<String, Acceptance> accepted) {

	/** In a refusal so many are told in words. */
	private static final int TOLD = 3;

	public GateReport {
		findings = List.copyOf(findings);
		accepted = Map.copyOf(accepted);
	}

	/** What stops the edition. */
	public List<GateFinding> errors() {
		return this.findings.stream().filter((finding) -> finding.severity() == Severity.ERROR).toList();
	}

	/** Warnings that nobody has accepted. */
	public List<GateFinding> open() {
		return this.findings.stream()
			.filter((finding) -> finding.severity() == Severity.WARNING && acceptance(finding) == null)
			.toList();
	}

	/** Who accepted a warning, if somebody did. */
	public @Nullable Acceptance acceptance(GateFinding finding) {
		return this.accepted.get(finding.key());
	}

	/** Whether an editor may approve and send it as it stands. */
	public boolean isPassed() {
		return errors().isEmpty() && open().isEmpty();
	}

	/** Some of these findings in one line. */
	public static String told(List<GateFinding> findings) {
		String told = findings.stream().limit(TOLD).map(GateFinding::sentence).collect(Collectors.joining(" "));
		return (findings.size() > TOLD) ? told + " And " + (findings.size() - TOLD) + " more." : told;
	}

	/**
	 * An editor's word that a warning may stand.
	 *
	 * @param by who
	 * @param at when
	 */
	public record Acceptance(String by, Instant at) {
	}

}
