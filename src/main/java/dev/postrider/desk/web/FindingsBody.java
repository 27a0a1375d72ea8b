package dev.postrider.desk.web;

import java.time.Instant;
import java.util.List;

import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateReport;
import org.jspecify.annotations.Nullable;

/**
 * What the gate finds in an edition, for programs.
 *
 * @param passed whether it may be approved and sent as it stands
 * @param findings all there is, errors first
 */
record FindingsBody(boolean passed, List<Item> findings) {

	static FindingsBody of(GateReport report) {
		return new FindingsBody(report.isPassed(),
				report.findings().stream().map((finding) -> Item.of(finding, report)).toList());
	}

	/**
	 * One finding.
	 *
	 * @param key its name for accepting it
	 * @param rule the rule that found it
	 * @param severity {@code ERROR} or {@code WARNING}
	 * @param what what is wrong
	 * @param where at which place of the mail
	 * @param acceptedBy who accepted it, if somebody did
	 * @param acceptedAt when
	 */
	record Item(String key, String rule, String severity, String what, String where, @Nullable String acceptedBy,
			@Nullable Instant acceptedAt) {

		static Item of(GateFinding finding, GateReport report) {
			GateReport.Acceptance acceptance = report.acceptance(finding);
			return new Item(finding.key(), finding.rule(), finding.severity().name(), finding.what(), finding.where(),
					(acceptance != null) ? acceptance.by() : null, (acceptance != null) ? acceptance.at() : null);
		}

	}

}
