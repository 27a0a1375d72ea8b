package dev.postrider.edition.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionRenderer.Variant;
import dev.postrider.edition.Editions;
import dev.postrider.edition.Gate;
import dev.postrider.edition.GateException;
import dev.postrider.edition.GateFinding;
import dev.postrider.edition.GateFinding.Severity;
import dev.postrider.edition.GateReport;
import dev.postrider.edition.TopicVariants;
import dev.postrider.edition.gate.GateSettings.Weight;
import dev.postrider.mail.Letter;
import dev.postrider.mail.TemplateException;
import dev.postrider.newsletter.Newsletter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Asks every rule there is.
 */
@Component
class RuleGate implements Gate {

	/** Its one finding stands for all that could not be looked at. */
	private static final String TEMPLATE = "template";

	private final List<GateRule> rules;

	private final GateSettings settings;

	private final EditionRenderer renderer;

	private final TopicVariants variants;

	private final Editions editions;

	private final Acceptances acceptances;

	RuleGate(List<GateRule> rules, GateSettings settings, EditionRenderer renderer, TopicVariants variants,
			Editions editions, Acceptances acceptances) {
		this.rules = rules.stream().sorted(Comparator.comparing(GateRule::name)).toList();
		this.settings = settings;
		this.renderer = renderer;
		this.variants = variants;
		this.editions = editions;
		this.acceptances = acceptances;
		Set<String> unknown = new TreeSet<>(settings.rules().keySet());
		rules.forEach((rule) -> unknown.remove(rule.name()));
		if (!unknown.isEmpty()) {
			throw new IllegalStateException("postrider.gate.rules names " + unknown + ", but the rules are "
					+ this.rules.stream().map(GateRule::name).toList());
		}
	}

	@Override
	public GateReport check(Edition edition, Newsletter newsletter) {
		if (edition.picks().isEmpty()) {
			return new GateReport(List.of(), Map.of());
		}
		Letter letter;
		try {
			letter = this.renderer.letter(edition, newsletter);
		}
		catch (TemplateException ex) {
			return report(edition, List.of(GateFinding.error(TEMPLATE, "It cannot be rendered: " + ex.getMessage(),
					"The design " + newsletter.design())));
		}
		return report(edition, findings(new GateLetter(newsletter, edition.picks(), letter, earlierSubject(edition))));
	}

	@Override
	public GateReport checkRendered(Edition edition, Newsletter newsletter) {
		Map<Integer, TopicVariants.Group> groups = this.variants.groups(edition)
			.stream()
			.collect(Collectors.toMap(TopicVariants.Group::variant, Function.identity()));
		String earlier = earlierSubject(edition);
		Map<String, GateFinding> findings = new LinkedHashMap<>();
		this.renderer.variants(edition.id()).forEach((variant) -> {
			TopicVariants.Group group = groups.get(variant.selection());
			List<Edition.Pick> picks = (group != null) ? group.picks() : edition.picks();
			String readers = ((group == null || group.variant() == TopicVariants.EDITION) ? "" : readers(group))
					+ look(variant, newsletter);
			findings(new GateLetter(newsletter.in(variant.language(), variant.design()), picks, variant.letter(),
					earlier))
				.forEach((finding) -> findings.merge(finding.key(),
						new GateFinding(finding.rule(), finding.severity(), finding.what(), finding.where() + readers),
						(one, other) -> (other.severity().compareTo(one.severity()) < 0) ? other : one));
		});
		return report(edition, findings.values());
	}

	/** Where it is not the newsletter's own. */
	private static String look(Variant variant, Newsletter newsletter) {
		return (variant.design().equals(newsletter.design()) ? "" : ", in the design " + variant.design())
				+ (variant.language().equals(newsletter.language()) ? "" : ", in the language " + variant.language());
	}

	private static String readers(TopicVariants.Group group) {
		return ", for readers of " + String.join(", ", group.choices().get(0).names());
	}

	@Override
	public void require(Edition edition, Newsletter newsletter) {
		GateReport report = check(edition, newsletter);
		if (!report.errors().isEmpty()) {
			throw new GateException(
					"Edition " + edition.label() + " cannot go out like this. " + GateReport.told(report.errors()),
					report);
		}
		if (!report.open().isEmpty()) {
			throw new GateException("Edition " + edition.label() + " has warnings that nobody has accepted yet. "
					+ GateReport.told(report.open()) + " Mend them, or accept them one by one.", report);
		}
	}

	@Override
	public GateFinding accept(Edition edition, Newsletter newsletter, String key, String actor) {
		GateFinding finding = check(edition, newsletter).findings()
			.stream()
			.filter((each) -> each.key().equals(key))
			.findFirst()
			.orElseThrow(
					() -> new EditionException("That warning does not stand any more. Look at the edition again."));
		if (finding.severity() == Severity.ERROR) {
			throw new EditionException("This is no warning, and cannot be accepted. " + finding.sentence());
		}
		this.acceptances.add(edition.id(), finding, actor);
		return finding;
	}

	private GateReport report(Edition edition, Collection<GateFinding> findings) {
		return new GateReport(findings.stream().sorted(Comparator.comparing(GateFinding::severity)).toList(),
				this.acceptances.of(edition.id()));
	}

	private List<GateFinding> findings(GateLetter letter) {
		List<GateFinding> findings = new ArrayList<>();
		for (GateRule rule : this.rules) {
			Weight weight = this.settings.rules().get(rule.name());
			if (weight != Weight.OFF) {
				rule.check(letter).forEach((finding) -> findings.add(weighed(finding, weight)));
			}
		}
		return findings;
	}

	private static GateFinding weighed(GateFinding finding, @Nullable Weight weight) {
		return (weight == null) ? finding : new GateFinding(finding.rule(),
				(weight == Weight.ERROR) ? Severity.ERROR : Severity.WARNING, finding.what(), finding.where());
	}

	private @Nullable String earlierSubject(Edition edition) {
		return this.editions.before(edition, 1).stream().map(Edition::subject).findFirst().orElse(null);
	}

}
