package dev.postrider.subscription.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.postrider.testing.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mvn -q -Pscore verify -Dscore=addresses -Dcorpus=DIR -Dout=PRED.jsonl}: what the
 * gate makes of the addresses in {@code valid-addresses.csv} and
 * {@code invalid-addresses.csv} below a folder. A line of JSON each: {@code address},
 * {@code valid} (the corpus' word), {@code accepted}, {@code mailed} (as we would write
 * to it) or {@code refusal} (our words) and {@code form}, what sort of writing it is.
 * <p>
 * The figures: {@code unquoted} are all valid ones whose local part is not quoted, by
 * marks or backslashes; {@code mailboxes} are those of them that are a mailbox at a
 * domain, as RFC 5321 writes it. The others are valid as a header's text, or name
 * something that no newsletter is sent to, and {@link Form} says why each is refused.
 */
@Tag("score")
@Tag("addresses")
class AddressesScorer {

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void addresses() throws IOException {
		Path corpus = Path.of(Objects.requireNonNull(System.getProperty("corpus"), "-Dcorpus=DIR is missing"));
		Path out = Path.of(Objects.requireNonNull(System.getProperty("out"), "-Dout=PRED.jsonl is missing"));
		List<Map<String, Object>> lines = new ArrayList<>();
		for (Path folder : folders(corpus)) {
			for (String line : rows(folder.resolve("valid-addresses.csv"))) {
				lines.add(score(valid(line), true));
			}
			for (String line : rows(folder.resolve("invalid-addresses.csv"))) {
				lines.add(score(line.substring(0, line.lastIndexOf(" ;")), false));
			}
		}
		assertThat(lines).as("Addresses in the folders below %s", corpus).isNotEmpty();
		Files.write(out, lines.stream().map(this.json::writeValueAsString).toList());
		print(lines);
	}

	private static List<Path> folders(Path corpus) throws IOException {
		try (var files = Files.walk(corpus)) {
			return files.filter((file) -> file.endsWith("valid-addresses.csv")).map(Path::getParent).sorted().toList();
		}
	}

	/** Without the line that says what the columns are. */
	private static List<String> rows(Path file) throws IOException {
		return Files.readAllLines(file).stream().skip(1).filter((line) -> !line.isBlank()).toList();
	}

	/**
	 * Four columns without quotation marks, of which the address and the description may
	 * hold commas: the address is as long as local part, @ and domain say.
	 */
	private static String valid(String line) {
		for (int comma = line.indexOf(','); comma > 0; comma = line.indexOf(',', comma + 1)) {
			String address = line.substring(0, comma);
			String bare = address.contains("<") && address.endsWith(">")
					? address.substring(address.lastIndexOf('<') + 1, address.length() - 1) : address;
			int at = bare.lastIndexOf('@');
			if (at > 0 && line.startsWith("," + bare.substring(0, at) + ",", comma)) {
				return address;
			}
		}
		return line.substring(0, line.indexOf(','));
	}

	private static Map<String, Object> score(String address, boolean valid) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("address", address);
		line.put("valid", valid);
		line.put("form", Form.of(address).name());
		try {
			EmailAddress admitted = AddressGate.admit(address);
			line.put("accepted", true);
			line.put("mailed", admitted.value());
		}
		catch (RefusedAddressException ex) {
			line.put("accepted", false);
			line.put("refusal", ex.getMessage());
		}
		return line;
	}

	private static void print(List<Map<String, Object>> lines) {
		long invalid = lines.stream().filter((line) -> line.get("valid").equals(false)).count();
		long refused = lines.stream()
			.filter((line) -> line.get("valid").equals(false) && line.get("accepted").equals(false))
			.count();
		Map<Form, int[]> forms = new TreeMap<>();
		lines.stream().filter((line) -> line.get("valid").equals(true)).forEach((line) -> {
			int[] counts = forms.computeIfAbsent(Form.valueOf(String.valueOf(line.get("form"))), (form) -> new int[2]);
			counts[0]++;
			counts[1] += line.get("accepted").equals(true) ? 1 : 0;
		});
		int valid = forms.values().stream().mapToInt((counts) -> counts[0]).sum();
		int accepted = forms.values().stream().mapToInt((counts) -> counts[1]).sum();
		int[] mailboxes = forms.getOrDefault(Form.MAILBOX, new int[2]);
		int[] quoted = forms.getOrDefault(Form.QUOTED, new int[2]);
		Figures.of("addresses")
			.add("invalid", invalid)
			.add("invalid_refused", refused)
			.add("mailboxes", mailboxes[0])
			.add("mailboxes_accepted", mailboxes[1])
			.add("share_of_mailboxes", mailboxes[1] / (double) mailboxes[0])
			.add("unquoted", valid - quoted[0])
			.add("unquoted_accepted", accepted - quoted[1])
			.add("share_of_unquoted", (accepted - quoted[1]) / (double) (valid - quoted[0]))
			.add("valid", valid)
			.add("valid_accepted", accepted)
			.print();
		forms.forEach((form, counts) -> System.out
			.println("  %-11s %3d of %3d accepted: %s".formatted(form, counts[1], counts[0], form.why)));
	}

	/** How an address is written, and why we take such or not. */
	private enum Form {

		COMMENT("a comment is for people who read headers, and no mailbox; whoever fills in a form has none"),
		DISPLAY_NAME("a header's text, and what injections look like; the form has a field for the name"),
		QUOTED("nobody's provider gives out local parts with quotation marks or backslashes, and they are what "
				+ "injections are made of"),
		LITERAL("an IP address in brackets is a machine: most of these are private, unassigned or nobody's (::), and a "
				+ "form must not have the relay call a stranger's choice of address"),
		DOTLESS("ICANN forbids mailboxes at a top level domain (RFC 7085); within an office it is no public mailbox"),
		UTF8_LOCAL("needs SMTPUTF8 all the way, which the relay may not have; refused until we can tell"),
		MAILBOX("taken; IDNA 2008 has no symbols in domains (RFC 5892), so those with one are refused");

		private final String why;

		Form(String why) {
			this.why = why;
		}

		static Form of(String address) {
			if (address.contains("\\") || address.contains("\"") && !address.endsWith(">")) {
				return address.contains("(") ? COMMENT : QUOTED;
			}
			if (address.contains("(")) {
				return COMMENT;
			}
			if (address.endsWith(">") || address.contains("<")) {
				return DISPLAY_NAME;
			}
			int at = address.lastIndexOf('@');
			String domain = address.substring(at + 1);
			if (domain.startsWith("[")) {
				return LITERAL;
			}
			if (!address.substring(0, Math.max(at, 0)).chars().allMatch((c) -> c < 128)) {
				return UTF8_LOCAL;
			}
			return domain.contains(".") ? MAILBOX : DOTLESS;
		}

	}

}
