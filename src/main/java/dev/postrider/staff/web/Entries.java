package dev.postrider.staff.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.postrider.staff.account.PasswordRules;
import dev.postrider.staff.account.StaffAddress;

/**
 * Checks what was typed, field by field; the pages show each complaint beside its field.
 */
final class Entries {

	private static final int NAME_LENGTH = 120;

	private final Map<String, String> errors = new LinkedHashMap<>();

	Entries name(String field, String value) {
		if (value.isBlank()) {
			this.errors.put(field, "Please give a name.");
		}
		else if (value.strip().length() > NAME_LENGTH) {
			this.errors.put(field, "Use at most " + NAME_LENGTH + " characters.");
		}
		return this;
	}

	Entries email(String field, String value) {
		return objection(field, StaffAddress.objection(value));
	}

	Entries password(String field, String value, String email) {
		return objection(field, PasswordRules.objection(value, email));
	}

	Entries objection(String field, Optional<String> objection) {
		objection.ifPresent((text) -> this.errors.put(field, text));
		return this;
	}

	boolean isRight() {
		return this.errors.isEmpty();
	}

	Map<String, String> errors() {
		return this.errors;
	}

}
