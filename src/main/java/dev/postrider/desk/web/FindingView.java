package dev.postrider.desk.web;

import java.util.List;
import java.util.Map;

import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateFinding.Severity;
import dev.postrider.edition.GateReport;
import org.jspecify.annotations.Nullable;

/**
 * A finding of the gate as the desk shows it.
 *
 * @param rule the rule that found it, in words
 * @param error whether it stops the edition
 * @param what what is wrong
 * @param where at which place of the mail
 * @param key its name for accepting it
 * @param accepted by whom and when, if somebody did
 */
public record FindingView(String rule, boolean error, String what, String where, String key,
		@Nullable String accepted) {

	private static final Map<String, String> RULES = Map.ofEntries(Map.entry("active-content", "Active content"),
			Map.entry("alt", "Picture’s description"), Map.entry("contrast", "Contrast"),
			Map.entry("duplicate-link", "Told twice"), Map.entry("empty-link", "Empty link"),
			Map.entry("fields", "Unknown field"), Map.entry("https", "No https"),
			Map.entry("image-weight", "Weight of pictures"), Map.entry("postal-address", "Postal address"),
			Map.entry("preheader", "Preheader"), Map.entry("size", "Size"), Map.entry("spam", "Looks like spam"),
			Map.entry("subject", "Subject"), Map.entry("template", "Template"), Map.entry("text-part", "Text part"),
			Map.entry("unsubscribe", "Unsubscribe link"));

	static List<FindingView> of(GateReport report, Times times) {
		return report.findings().stream().map((finding) -> of(finding, report, times)).toList();
	}

	private static FindingView of(GateFinding finding, GateReport report, Times times) {
		GateReport.Acceptance acceptance = report.acceptance(finding);
		boolean error = finding.severity() == Severity.ERROR;
		return new FindingView(RULES.getOrDefault(finding.rule(), finding.rule()), error, finding.what(),
				finding.where(), finding.key(), (acceptance == null || error) ? null
						: "Accepted by " + acceptance.by() + ", " + times.brief(acceptance.at()));
	}

	/** Whether it still stands in the way. */
	public boolean open() {
		return this.accepted == null;
	}

}
