package dev.postrider.subscription.batch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds out which column of a file, counted from 0, holds what.
 */
@FunctionalInterface
interface Columns {

	/** What address columns are called elsewhere, without what is not a letter. */
	List<String> ADDRESSES = List.of("email", "mail", "emailaddress", "mailaddress", "address", "subscriber");

	/** What it says when no column holds addresses. */
	String NO_EMAIL = "Say which column holds the email addresses.";

	/**
	 * Reads a header.
	 * @param header the names of the columns
	 * @param fields what there is to be filled
	 * @return the columns by field
	 * @throws ImportException when that does not fit
	 */
	Map<String, Integer> of(List<String> header, List<String> fields) throws ImportException;

	/** Every column bears the name of a field. */
	static Columns byNames() {
		return (header, fields) -> {
			Map<String, Integer> columns = matching(header, fields);
			if (!columns.containsKey("email")
					|| !header.stream().allMatch((name) -> fields.stream().anyMatch(name::equalsIgnoreCase))) {
				throw new ImportException("The first line names the columns: email, and if wanted "
						+ String.join(", ", fields.subList(1, fields.size())) + ". It reads: "
						+ cut(String.join(",", header).toLowerCase(Locale.ROOT)));
			}
			return columns;
		};
	}

	/**
	 * Some fields are in columns of other names; what else has a field's name is taken
	 * for it, the rest is left out.
	 * @param names of columns by field; an empty one leaves the field out
	 */
	static Columns named(Map<String, String> names) {
		return (header, fields) -> {
			Map<String, Integer> columns = matching(header, fields);
			for (Map.Entry<String, String> wanted : names.entrySet()) {
				String field = fields.stream()
					.filter(wanted.getKey()::equalsIgnoreCase)
					.findFirst()
					.orElseThrow(() -> new ImportException("There is nothing called " + cut(wanted.getKey())
							+ " to be filled; there are " + String.join(", ", fields) + "."));
				columns.remove(field);
				if (!wanted.getValue().isBlank()) {
					int index = first(header, wanted.getValue().strip()::equalsIgnoreCase);
					if (index < 0) {
						throw new ImportException("There is no column " + cut(wanted.getValue())
								+ " in the file. Its first line reads: " + cut(String.join(",", header)));
					}
					columns.put(field, index);
				}
			}
			if (!columns.containsKey("email")) {
				throw new ImportException(NO_EMAIL);
			}
			return columns;
		};
	}

	/** As good as can be guessed, for a person to look at. */
	static Columns guessed() {
		return (header, fields) -> {
			Map<String, Integer> columns = matching(header, fields);
			int address = first(header,
					(name) -> ADDRESSES.contains(name.replaceAll("[^\\p{L}]", "").toLowerCase(Locale.ROOT)));
			if (address >= 0) {
				columns.putIfAbsent("email", address);
			}
			return columns;
		};
	}

	private static Map<String, Integer> matching(List<String> header, List<String> fields) {
		Map<String, Integer> columns = new TreeMap<>();
		fields.forEach((field) -> {
			int index = first(header, field::equalsIgnoreCase);
			if (index >= 0) {
				columns.put(field, index);
			}
		});
		return columns;
	}

	private static int first(List<String> header, Predicate<String> wanted) {
		for (int i = 0; i < header.size(); i++) {
			if (wanted.test(header.get(i))) {
				return i;
			}
		}
		return -1;
	}

	private static String cut(String text) {
		return (text.length() <= 100) ? text : text.substring(0, 100);
	}

}
